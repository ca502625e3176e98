import type { JobDetailFragment } from '../graphql/generated.ts';
import { fields, type Shown } from './fields.ts';
import { localOf } from './moment.ts';
import { type City, cityOf } from './places.ts';

/** What a form changes of a job: the timeline tells of that and of nothing else. */
export function changesOf<Input extends object>(
  job: Readonly<Record<keyof Input, unknown>>,
  input: Input,
  cities: readonly City[],
) {
  const changed = Object.entries(input).filter(
    ([name, value]) => asShown(name, value, cities) !== asShown(name, job[name as keyof Input], cities),
  );
  return Object.fromEntries(changed) as Partial<Input>;
}

/** What a person has written of a job, as its form holds it, without what else there is to it. */
export function writtenOf(job: JobDetailFragment): Shown {
  const flat = { ...job, district: job.district?.name ?? null };
  return Object.fromEntries(Object.entries(flat).filter(([name]) => Object.hasOwn(fields, name))) as unknown as Shown;
}

/** As a form gives it back that was not touched: it knows minutes only, and programs may have written otherwise. */
function asShown(name: string, value: unknown, cities: readonly City[]): unknown {
  if (typeof value !== 'string') return value ?? '';
  // The schema names moments so, and nothing else.
  if (name.endsWith('At')) return localOf(value);
  return name === 'city' ? cityOf(cities, value) : value.replace(/\r\n?/g, '\n');
}
