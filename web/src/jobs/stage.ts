import type { JobStatus } from '../graphql/generated.ts';

/** How far along the line of a job’s life a state is; none where the job left the line. */
const STAGES: Partial<Record<JobStatus, number>> = {
  DRAFT: -1,
  PUBLISHED: 0,
  PAUSED: 0,
  ASSIGNED: 1,
  IN_PROGRESS: 2,
  REPORTED_DONE: 2,
  DISPUTED: 2,
  COMPLETED: 3,
};

/** The stage that a job is in, counted from 0 for open; before it -1, and undefined once nothing follows. */
export function stageOf(status: JobStatus): number | undefined {
  return STAGES[status];
}
