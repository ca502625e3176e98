import type { ReactNode } from 'react';

import { useWords } from '../../i18n/language.tsx';
import type { Schema } from './openapi.ts';
import { Prose } from './Prose.tsx';
import { limitsOf, type Member, typeOf } from './schema.ts';
import { limitWords, words } from './words.ts';

interface Props {
  of: readonly Member[];
  /** Whether they are sent, or come back. */
  way: 'in' | 'out';
}

/** The members of an object, those of objects in it below each. */
export function Members({ of, way }: Props) {
  const { t } = useWords();
  const markOf = (isRequired: boolean) => {
    if (way === 'in') return isRequired ? t(words.required) : null;
    return isRequired ? null : t(words.optional);
  };
  return (
    <ul className="rest-members">
      {of.map(({ name, schema, isRequired, members }) => (
        <li key={name}>
          <Entry name={name} schema={schema} mark={markOf(isRequired)}>
            {schema.description ? <Prose text={schema.description} /> : null}
          </Entry>
          {members.length ? <Members of={members} way={way} /> : null}
        </li>
      ))}
    </ul>
  );
}

interface EntryProps {
  name: string;
  schema: Schema;
  /** Beside the type: where it goes. */
  place?: string;
  mark: string | null;
  children: ReactNode;
}

/** A name with its type and limits, and what it means. */
export function Entry({ name, schema, place, mark, children }: EntryProps) {
  const { t } = useWords();
  const limits = limitsOf(schema).map((limit) => t(limitWords(limit)));
  return (
    <div className="rest-entry">
      <div className="rest-entry-name">
        <code>{name}</code>
        <span className="row-note">{[typeOf(schema), ...(place ? [place] : [])].join(' · ')}</span>
        {mark ? <span className="rest-mark">{mark}</span> : null}
      </div>
      <div className="rest-entry-text">
        {children}
        {limits.length ? <p className="row-note">{limits.join(t(['；', '; ']))}</p> : null}
      </div>
    </div>
  );
}
