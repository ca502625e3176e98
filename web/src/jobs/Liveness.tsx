import './live.css';

import { useLiveness } from '../graphql/live.ts';
import { useWords } from '../i18n/language.tsx';
import { useOnline } from '../ui/online.ts';
import { words } from './words.ts';

/** Whether changes come in by themselves. */
export function Liveness() {
  const { t } = useWords();
  const online = useOnline();
  const told = useLiveness();
  // A socket notices only after a while that nothing carries it any more.
  const state = online || told === 'idle' ? told : 'interrupted';
  return (
    <span className={`live live-${state}`} role="status">
      {state === 'live' ? t(words.live) : null}
      {state === 'interrupted' ? t(words.interrupted) : null}
    </span>
  );
}
