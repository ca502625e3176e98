import type { JobDetailFragment } from '../graphql/generated.ts';
import { localOf } from './moment.ts';

type Written = Pick<
  JobDetailFragment,
  'title' | 'description' | 'jobType' | 'city' | 'address' | 'estimatedAmount' | 'scheduledAt' | 'expiresAt'
>;

/** What a form changes of a job: the timeline tells of that and of nothing else. */
export function changesOf(job: Written, input: Written): Partial<Written> {
  const plain = ['title', 'description', 'jobType', 'city', 'address', 'estimatedAmount'] as const;
  const changed: Record<string, unknown> = {};
  for (const name of plain) {
    if (job[name] !== input[name]) changed[name] = input[name];
  }
  // The fields know minutes only.
  for (const name of ['scheduledAt', 'expiresAt'] as const) {
    if (localOf(job[name]) !== localOf(input[name])) changed[name] = input[name];
  }
  return changed;
}
