import { useId } from 'react';

import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Props {
  label: string;
  of: { readonly limit: number; readonly used: number };
}

/** How much of a limit is used. */
export function Meter({ label, of: { limit, used } }: Props) {
  const { t, number } = useWords();
  const id = useId();
  const share = limit > 0 ? Math.min(100, (used / limit) * 100) : 0;
  const text = t(words.usedOf)(number(used), number(limit));
  return (
    <div>
      <div className="meter-head">
        <span id={id}>{label}</span>
        <strong>{text}</strong>
      </div>
      <svg
        className={share >= 90 ? 'meter meter-full' : 'meter'}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={text}
      >
        <rect className="meter-track" width="100" height="1" />
        <rect className="meter-value" width={share} height="1" />
      </svg>
    </div>
  );
}
