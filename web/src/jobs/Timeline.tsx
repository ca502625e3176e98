import type { JobTimelineQuery } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './words.ts';

type Events = NonNullable<NonNullable<JobTimelineQuery['job']>['events']>['nodes'];

/** What happened to a job, the latest first. */
export function Timeline({ of: events }: { of: Events }) {
  const { t, dateTime, list } = useWords();
  const kinds = t(words.events);
  return (
    <Section title={t(words.timeline)}>
      {events.length ? (
        <ol className="timeline">
          {events.map((event) => (
            <li key={event.position}>
              <span className="row-title">{kinds[event.kind]}</span>
              <span className="row-note">
                <time dateTime={event.createdAt}>{dateTime(event.createdAt)}</time>
                {event.actor ? ` · ${event.actor.name || event.actor.id}` : ''}
                {event.byApiKey ? ` · ${t(words.byKey)}` : ''}
              </span>
              {event.changedFields.length ? (
                <span className="row-note">
                  {t(words.changed)}
                  {list(event.changedFields.map((field) => t(fieldName(field))))}
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      ) : (
        <p className="muted">{t(words.timelineEmpty)}</p>
      )}
    </Section>
  );
}

const FIELDS: Record<string, readonly [string, string]> = {
  title: words.title,
  description: words.description,
  jobType: words.type,
  city: words.city,
  address: words.address,
  estimatedAmount: words.amountShort,
  scheduledAt: words.scheduledAt,
  expiresAt: words.expiresAt,
};

function fieldName(field: string): readonly [string, string] {
  return FIELDS[field] ?? [field, field];
}
