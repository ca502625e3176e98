import { Component, type ReactNode, useEffect, useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './words.ts';

interface Props {
  /** Another place is another try. */
  at?: string;
  children: ReactNode;
}

interface State {
  failed: boolean;
  at: string | undefined;
}

/** Keeps the rest of the portal when a page fails, as when a part of it cannot be loaded. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: false, at: this.props.at };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  static getDerivedStateFromProps({ at }: Props, state: State) {
    return at === state.at ? null : { failed: false, at };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  const [offline] = useState(() => !navigator.onLine);
  useEffect(() => {
    if (!offline) return;
    const reload = () => location.reload();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, [offline]);
  if (offline) {
    return (
      <Page title={t(words.notLoaded)}>
        <p>{t(words.notLoadedText)}</p>
      </Page>
    );
  }
  return (
    <Page title={t(words.broken)}>
      <p>{t(words.brokenText)}</p>
      <div className="actions">
        <Button onPress={() => location.reload()}>{t(words.reload)}</Button>
      </div>
    </Page>
  );
}
