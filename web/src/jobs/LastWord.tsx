import type { Member } from '../app/session.tsx';
import type { JobEventKind, JobStatus, JobTimelineQuery } from '../graphql/generated.ts';
import { type Both, useWords } from '../i18n/language.tsx';
import { Notice } from '../ui/Notice.tsx';
import { words } from './words.ts';

type Event = NonNullable<NonNullable<JobTimelineQuery['job']>['latest']>['nodes'][number];

/** The events that come with a reason, and whose it is. */
const TITLES: Partial<Record<JobEventKind, Both<(name: string, status: string) => string>>> = {
  RELEASED: [(name) => `取消媒合的原因（${name}）`, (name) => `Why the match ended (${name})`],
  DISPUTED: [(name) => `爭議說明（${name}）`, (name) => `What is disputed (${name})`],
  DECIDED: [
    (_, status) => `管理員裁決：${status}`,
    (_, status) => `Decided by an administrator: ${status.toLowerCase()}`,
  ],
};
const YOU: Both = ['您', 'you'];

interface Props {
  /** What happened to the job last. */
  of: Event | undefined;
  status: JobStatus;
  viewer: Member;
}

/** Why a job is as it is, if somebody had to say so. */
export function LastWord({ of: event, status, viewer }: Props) {
  const { t } = useWords();
  const title = event && TITLES[event.kind];
  if (!title || !event.reason) return null;
  const { actor } = event;
  const name = actor?.id === viewer.id ? t(YOU) : actor?.name || actor?.id || '';
  return (
    <Notice look="info" title={t(title)(name, t(words.statuses)[status])}>
      <p className="prose">{event.reason}</p>
    </Notice>
  );
}
