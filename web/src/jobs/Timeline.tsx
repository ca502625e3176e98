import './timeline.css';

import type { JobTimelineQuery } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Section } from '../ui/Page.tsx';
import { Pager, type Pages } from '../ui/pages.tsx';
import { Changed } from './Changed.tsx';
import { words } from './words.ts';

type Events = NonNullable<NonNullable<JobTimelineQuery['job']>['events']>;

interface Props {
  of: Events;
  pages: Pages;
}

/** What happened to a job, the latest first. */
export function Timeline({ of: { nodes, pageInfo }, pages }: Props) {
  const { t, dateTime } = useWords();
  const kinds = t(words.events);
  return (
    <Section title={t(words.timeline)}>
      {nodes.length ? (
        <ol className="timeline">
          {nodes.toReversed().map((event) => (
            <li key={event.position}>
              <span className="row-title">
                {[kinds[event.kind], ofSomebodyElse(event)].filter(Boolean).join(t(words.colon))}
              </span>
              <span className="row-note">
                <time dateTime={event.createdAt}>{dateTime(event.createdAt)}</time>
                {event.actor ? ` · ${event.actor.name || event.actor.id}` : ''}
                {event.byApiKey ? ` · ${t(words.byKey)}` : ''}
              </span>
              {event.reason ? <p className="prose">{event.reason}</p> : null}
              {event.changedFields.length ? (
                <span className="row-note">
                  <Changed names={event.changedFields} />
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      ) : (
        <p className="muted">{t(words.timelineEmpty)}</p>
      )}
      <Pager pages={pages} info={{ hasNextPage: pageInfo.hasPreviousPage, endCursor: pageInfo.startCursor }} />
    </Section>
  );
}

/** Whose application somebody else has decided on; who applied is named as the actor anyway. */
function ofSomebodyElse({ actor, applicant }: Events['nodes'][number]): string {
  return applicant && applicant.id !== actor?.id ? applicant.name || applicant.id : '';
}
