import type { Member } from '../app/session.tsx';
import type { JobStatus } from '../graphql/generated.ts';

export type Step = 'publish' | 'start' | 'complete' | 'edit' | 'cancel';

/** What the owner of a job may do in each state. */
const OWNERS: Partial<Record<JobStatus, readonly Step[]>> = {
  DRAFT: ['publish', 'edit', 'cancel'],
  PUBLISHED: ['edit', 'cancel'],
  PAUSED: ['cancel'],
  ASSIGNED: ['start', 'cancel'],
  IN_PROGRESS: ['complete'],
};

interface Parties {
  readonly status: JobStatus;
  readonly owner: { readonly id: string };
  readonly assignee: { readonly id: string } | null;
}

/** The steps to offer to a reader; the gateway has the last word. */
export function stepsOf(job: Parties, viewer: Pick<Member, 'id' | 'role'>): readonly Step[] {
  if (job.owner.id === viewer.id || viewer.role === 'ADMIN') return OWNERS[job.status] ?? [];
  return job.assignee?.id === viewer.id && job.status === 'ASSIGNED' ? ['start'] : [];
}
