import { cityOf } from '../i18n/cities.ts';
import { fields, type Written } from './fields.ts';
import { localOf } from './moment.ts';

/** What a form changes of a job: the timeline tells of that and of nothing else. */
export function changesOf<Input extends object>(job: Readonly<Record<keyof Input, unknown>>, input: Input) {
  const changed = Object.entries(input).filter(
    ([name, value]) => asShown(name, value) !== asShown(name, job[name as keyof Input]),
  );
  return Object.fromEntries(changed) as Partial<Input>;
}

/** What a person has written of a job, without what else there is to it. */
export function writtenOf<Job extends object>(job: Job) {
  const written = Object.entries(job).filter(([name]) => Object.hasOwn(fields, name));
  return Object.fromEntries(written) as Pick<Job, keyof Job & keyof Written>;
}

/** As a form gives it back that was not touched: it knows minutes only, and programs may have written otherwise. */
function asShown(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value ?? '';
  // The schema names moments so, and nothing else.
  if (name.endsWith('At')) return localOf(value);
  return name === 'city' ? cityOf(value) : value.replace(/\r\n?/g, '\n');
}
