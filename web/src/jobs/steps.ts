import type { Member } from '../app/session.tsx';
import type { JobDetailFragment, JobStatus } from '../graphql/generated.ts';
import { dayOf } from './days.ts';

export type Step =
  | 'publish'
  | 'edit'
  | 'start'
  | 'proposeStart'
  | 'report'
  | 'complete'
  | 'release'
  | 'cancel'
  | 'proposeCancel'
  | 'dispute'
  | 'repost'
  | 'decide';

/** What somebody is in the life of a job. A party of it is never its administrator as well. */
type Part = 'owner' | 'worker' | 'admin';

/** What each may do in each state. */
const STEPS: Record<Part, Partial<Record<JobStatus, readonly Step[]>>> = {
  owner: {
    DRAFT: ['publish', 'edit', 'cancel'],
    PUBLISHED: ['edit', 'cancel'],
    PAUSED: ['cancel'],
    ASSIGNED: ['start', 'release', 'cancel'],
    IN_PROGRESS: ['complete', 'proposeCancel', 'dispute'],
    REPORTED_DONE: ['complete', 'proposeCancel', 'dispute'],
    COMPLETED: ['repost', 'dispute'],
    CANCELLED: ['repost'],
    EXPIRED: ['repost'],
  },
  worker: {
    ASSIGNED: ['start', 'release'],
    IN_PROGRESS: ['report', 'proposeCancel', 'dispute'],
    REPORTED_DONE: ['proposeCancel', 'dispute'],
    COMPLETED: ['dispute'],
  },
  admin: {
    DRAFT: ['publish', 'edit', 'cancel'],
    PUBLISHED: ['edit', 'cancel'],
    PAUSED: ['cancel'],
    ASSIGNED: ['start', 'cancel'],
    IN_PROGRESS: ['complete', 'cancel'],
    REPORTED_DONE: ['complete', 'cancel'],
    DISPUTED: ['decide'],
  },
};

/** How long after its completion a job can be disputed, in milliseconds. */
const DISPUTABLE = 7 * 86_400_000;

export interface Parties {
  readonly owner: { readonly id: string };
  readonly assignee: { readonly id: string } | null;
}

type Standing = Parties &
  Pick<JobDetailFragment, 'status' | 'proposal' | 'scheduledAt' | 'completedAt' | 'disputedAt' | 'updatedAt'>;

type Reader = Pick<Member, 'id' | 'role'>;

export function partOf({ owner, assignee }: Parties, viewer: Reader): Part | null {
  if (owner.id === viewer.id) return 'owner';
  if (assignee?.id === viewer.id) return 'worker';
  return viewer.role === 'ADMIN' ? 'admin' : null;
}

/** The steps to offer to a reader; the gateway has the last word. */
export function stepsOf(job: Standing, viewer: Reader, now = Date.now()): readonly Step[] {
  const part = partOf(job, viewer);
  if (!part) return [];
  const proposed = proposalOf(job, now)?.step;
  return (STEPS[part][job.status] ?? [])
    .map((step) => (step === 'start' && part !== 'admin' && isEarly(job, now) ? 'proposeStart' : step))
    .filter((step) => {
      // It is waited for, or agreed to where it is shown.
      if (step === 'proposeStart') return proposed !== 'START';
      if (step === 'proposeCancel') return proposed !== 'CANCEL';
      return step !== 'dispute' || isDisputable(job, now);
    });
}

/** What one side waits for the other to agree to; from the day of the work on, either of them may start it. */
export function proposalOf(job: Pick<Standing, 'proposal' | 'scheduledAt'>, now = Date.now()): Standing['proposal'] {
  return job.proposal?.step === 'START' && !isEarly(job, now) ? null : job.proposal;
}

/** Whether the day of the work, in Taiwan, is still to come. */
export function isEarly({ scheduledAt }: Pick<Standing, 'scheduledAt'>, now = Date.now()): boolean {
  return scheduledAt !== null && dayOf(Date.parse(scheduledAt)) > dayOf(now);
}

/** Once a job, and not for long after its end; earlier releases did not write down when that was. */
export function isDisputable({ status, completedAt, disputedAt, updatedAt }: Standing, now = Date.now()): boolean {
  return disputedAt === null && (status !== 'COMPLETED' || Date.parse(completedAt ?? updatedAt) + DISPUTABLE >= now);
}
