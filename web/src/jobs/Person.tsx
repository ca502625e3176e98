import './person.css';

import { useSession } from '../app/session.tsx';
import type { PersonOfJobFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { useReputation } from './reputation.ts';
import { words } from './words.ts';

/** Somebody with what they are known by, and the ways to reach them where the reader may know these. */
export function Person({ of: person }: { of: PersonOfJobFragment }) {
  const { t } = useWords();
  const { viewer } = useSession();
  const known = useReputation();
  const name = person.name || person.id;
  const isReader = person.id === viewer?.id;
  return (
    <span className="person">
      <Avatar name={name} />
      <span className="person-main">
        <span className="row-title">{name}</span>
        <span className="row-note">{known(person)}</span>
        {!isReader && person.phone ? (
          <a href={`tel:${person.phone}`} aria-label={`${t(words.call)(name)}: ${person.phone}`}>
            {person.phone}
          </a>
        ) : null}
        {!isReader && person.email ? (
          <a href={`mailto:${person.email}`} aria-label={`${t(words.mail)(name)}: ${person.email}`}>
            {person.email}
          </a>
        ) : null}
      </span>
    </span>
  );
}
