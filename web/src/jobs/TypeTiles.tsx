import './types.css';

import { useWords } from '../i18n/language.tsx';
import { Drawing } from '../ui/Drawing.tsx';
import { PlacesOfTypes } from './PlacesOfTypes.tsx';
import { words } from './words.ts';

/** Keeps the place of a number that comes later. */
const BLANK = '\u00a0';

interface Props {
  types: readonly { value: string; label: string; count?: number }[];
  /** Empty while none is chosen. */
  value: string;
  onChange(value: string): void;
}

/** The types of work as pictures: what is chosen is given up by another press. */
export function TypeTiles({ types, value, onChange }: Props) {
  const { t, number } = useWords();
  return (
    <div role="group" aria-label={t(words.types)} className="tiles">
      {types.length ? null : <PlacesOfTypes />}
      {types.map((type) => (
        <button
          key={type.value}
          type="button"
          className="tile"
          aria-pressed={type.value === value}
          onClick={() => onChange(type.value === value ? '' : type.value)}
        >
          <Drawing of={type.value} />
          <span>{type.label}</span>{' '}
          <span className="tile-count">{type.count === undefined ? BLANK : number(type.count)}</span>
        </button>
      ))}
    </div>
  );
}
