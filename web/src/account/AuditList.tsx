import { Link } from 'wouter';

import type { AuditRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { words } from './accountWords.ts';
import { auditKinds } from './auditKinds.ts';
import { deviceName } from './device.ts';

interface Props {
  events: readonly AuditRowFragment[];
  /** Whose account it is about: for lists of more than one. */
  withPeople?: boolean;
}

/** What was done, when and from where. */
export function AuditList({ events, withPeople = false }: Props) {
  const { t, dateTime } = useWords();
  const kinds = t(auditKinds);
  return (
    <ul className="list">
      {events.map((event) => {
        const device = deviceName(event.userAgent);
        const notes = [event.address, device, event.apiKeyId ? t(words.byKey) : null].filter(Boolean);
        return (
          <li key={event.id}>
            <div className="row-main">
              <span className="row-title">{kinds[event.kind]}</span>
              {withPeople ? <People event={event} /> : null}
              {withPeople && reasonOf(event) ? <span>{t(words.reason)(reasonOf(event))}</span> : null}
              {notes.length ? <span className="row-note">{notes.join(' · ')}</span> : null}
            </div>
            <time className="row-note" dateTime={event.createdAt}>
              {dateTime(event.createdAt)}
            </time>
          </li>
        );
      })}
    </ul>
  );
}

/** Why an administrator did it; empty for what is done without a reason. */
function reasonOf({ detail }: AuditRowFragment): string {
  const { reason } = (detail ?? {}) as { reason?: unknown };
  return typeof reason === 'string' ? reason : '';
}

function People({ event: { user, actor } }: { event: AuditRowFragment }) {
  const { t } = useWords();
  if (!user) return null;
  return (
    <>
      <Who of={user} />
      {actor && actor.id !== user.id ? (
        <span>
          {t(words.doneBy)} <Who of={actor} />
        </span>
      ) : null}
    </>
  );
}

/** Somebody, and the way to what can be done about them. */
function Who({ of: { id, name, email } }: { of: NonNullable<AuditRowFragment['user']> }) {
  return (
    <span>
      <Link href={`/admin/users?search=${encodeURIComponent(email || name)}`}>{name || id}</Link>
      {email ? <span className="row-note"> {email}</span> : null}
    </span>
  );
}
