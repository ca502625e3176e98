import type { KeyCountsFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

export type Counts = Omit<KeyCountsFragment, '__typename'>;

/** How requests end, as bars stack them from below. */
export const ENDINGS = ['answered', 'clientErrors', 'refused', 'serverErrors'] as const;

/** How many failed in which way; nothing if none did. */
export function Failures({ of: counts }: { of: Counts }) {
  const { t, number, list } = useWords();
  const failed = ENDINGS.filter((ending) => ending !== 'answered' && counts[ending] > 0);
  if (!failed.length) return null;
  return (
    <span className="row-note failures">
      {list(failed.map((ending) => `${t(words.endings)[ending]} ${number(counts[ending])}`))}
    </span>
  );
}

/** The shares as a bar whose whole length stands for `most`. */
export function SplitBar({ of: counts, most }: { of: Counts; most: number }) {
  const before = (index: number) => ENDINGS.slice(0, index).reduce((sum, ending) => sum + counts[ending], 0);
  return (
    <svg className="route-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {ENDINGS.map((ending, index) => (
        <rect
          key={ending}
          className={`bar-${ending}`}
          x={(before(index) / most) * 100}
          width={(counts[ending] / most) * 100}
          height="1"
        />
      ))}
    </svg>
  );
}

/** What the colours of bars mean. */
export function Legend() {
  const { t } = useWords();
  return (
    <ul className="legend">
      {ENDINGS.map((ending) => (
        <li key={ending} className={`legend-${ending}`}>
          {t(words.endings)[ending]}
        </li>
      ))}
    </ul>
  );
}
