import './live.css';

import { useLiveness } from '../graphql/live.ts';
import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

/** Whether changes come in by themselves. */
export function Liveness() {
  const { t } = useWords();
  const state = useLiveness();
  return (
    <span className={`live live-${state}`} role="status">
      {state === 'live' ? t(words.live) : null}
      {state === 'interrupted' ? t(words.interrupted) : null}
    </span>
  );
}
