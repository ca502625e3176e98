import { Component, type ReactNode } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { words } from './words.ts';

/** Keeps the rest of the portal when a page fails, as when a part of it cannot be loaded. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <Notice look="problem" title={t(words.broken)}>
      <p>{t(words.brokenText)}</p>
      <Button onPress={() => location.reload()}>{t(words.reload)}</Button>
    </Notice>
  );
}
