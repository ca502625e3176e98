import { useState } from 'react';

import {
  JobListNewsDocument,
  type JobListNewsSubscription,
  type JobRowFragment,
  type JobsQuery,
} from '../graphql/generated.ts';
import type { JobFilter } from '../graphql/generated.ts';
import { useEvents } from '../graphql/live.ts';

type News = JobListNewsSubscription['jobListUpdated'];
type Jobs = JobsQuery['jobs'];

/** What has happened since a list was read. */
export interface Since {
  /** Jobs of the list as they are now; null for those that are in it no more. */
  changed: ReadonlyMap<string, JobRowFragment | null>;
  /** Jobs that came, which the list does not show so far. */
  came: ReadonlySet<string>;
}

export const NOTHING: Since = { changed: new Map(), came: new Set() };

/** What lets a job into a list of open jobs; all else happens to those that are in it. */
const ARRIVALS: readonly (string | null)[] = ['PUBLISHED', 'RESUMED', 'RELEASED'];

/** What is known after one more event. */
export function after(since: Since, shown: readonly { id: string }[], { kind, jobId, job }: News): Since {
  const { changed, came } = since;
  if (shown.some(({ id }) => id === jobId)) return { changed: new Map(changed).set(jobId, job), came };
  const next = new Set(came);
  if (!job) next.delete(jobId);
  else if (ARRIVALS.includes(kind)) next.add(jobId);
  return { changed, came: next };
}

/**
 * Keeps what a list shows up to date where it stands: no row moves below a finger, and what is new waits to
 * be asked for.
 */
export function useBoardNews(filter: JobFilter, jobs: Jobs | undefined, onGap: () => void): Since {
  const [known, setKnown] = useState<{ of: Jobs | undefined; since: Since }>({ of: jobs, since: NOTHING });
  // A list that was read anew knows it all.
  if (known.of !== jobs) setKnown({ of: jobs, since: NOTHING });
  useEvents(
    JobListNewsDocument,
    { filter },
    ({ jobListUpdated }) =>
      setKnown((before) => ({ ...before, since: after(before.since, before.of?.nodes ?? [], jobListUpdated) })),
    onGap,
  );
  return known.of === jobs ? known.since : NOTHING;
}
