import type { JobDetailFragment } from '../graphql/generated.ts';
import { cityOf } from '../i18n/cities.ts';
import { localOf } from './moment.ts';

type Written = Pick<
  JobDetailFragment,
  'title' | 'description' | 'jobType' | 'city' | 'address' | 'estimatedAmount' | 'scheduledAt' | 'expiresAt'
>;

/** What a form changes of a job: the timeline tells of that and of nothing else. */
export function changesOf(job: Written, input: Written): Partial<Written> {
  const plain = ['title', 'description', 'jobType', 'city', 'address', 'estimatedAmount'] as const;
  const changed: Record<string, unknown> = {};
  const [before, after] = [asShown(job), asShown(input)];
  for (const name of plain) {
    if (before[name] !== after[name]) changed[name] = input[name];
  }
  // The fields know minutes only.
  for (const name of ['scheduledAt', 'expiresAt'] as const) {
    if (localOf(job[name]) !== localOf(input[name])) changed[name] = input[name];
  }
  return changed;
}

/** As a form gives it back that was not touched: programs may have written it otherwise. */
function asShown(job: Written): Written {
  return { ...job, city: cityOf(job.city), description: job.description.replace(/\r\n?/g, '\n') };
}
