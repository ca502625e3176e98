import { useState } from 'react';

import type { JobDetailFragment } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { cityOf, citySuggestions } from '../i18n/cities.ts';
import { useWords } from '../i18n/language.tsx';
import { Select } from '../ui/Choice.tsx';
import { useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { fields, type Written } from './fields.ts';
import { localOf, type WrongTime, wrongTime } from './moment.ts';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** What can be said of a job when it is posted, and changed later. */
export function JobFields({ of: job }: { of?: JobDetailFragment }) {
  const { t, number } = useWords();
  const types = useJobTypes();
  const amount = limits.CreateJobInput.estimatedAmount;
  const field = <Name extends keyof typeof limits.CreateJobInput>(name: Name) => ({
    name,
    label: t(fields[name]),
    defaultValue: String(job?.[name] ?? ''),
    ...limits.CreateJobInput[name],
  });
  return (
    <>
      <Field {...field('title')} required />
      <div className="form-row">
        <Select
          // The options come later than the form: their choice is made anew then.
          key={types.options.length}
          name="jobType"
          label={t(fields.jobType)}
          options={types.options}
          defaultValue={job?.jobType ?? ''}
        />
        <Field
          {...field('estimatedAmount')}
          type="number"
          label={t(fields.estimatedAmount) + t(words.inTwd)}
          hint={t(words.amountHint)(number(amount.min), number(amount.max))}
          step={1}
          required
        />
      </div>
      <div className="form-row">
        <Field {...field('city')} hint={t(words.cityHint)} suggestions={citySuggestions} required />
        <Field {...field('address')} autoComplete="street-address" required />
      </div>
      <Field {...field('description')} rows={5} />
      <Times of={job} />
    </>
  );
}

function Times({ of: job }: { of: JobDetailFragment | undefined }) {
  const { t } = useWords();
  const before = { scheduledAt: localOf(job?.scheduledAt), expiresAt: localOf(job?.expiresAt) };
  const [scheduledAt, setScheduledAt] = useState(useDrafted('scheduledAt') ?? before.scheduledAt);
  // What was not touched is not judged.
  const workOf = (end: string) => (end === before.expiresAt && scheduledAt === before.scheduledAt ? '' : scheduledAt);
  const told = (wrong: WrongTime | null) => wrong && t(words[wrong]);
  return (
    <div className="form-row">
      <Field
        name="scheduledAt"
        type="datetime-local"
        label={t(fields.scheduledAt)}
        defaultValue={before.scheduledAt}
        onChange={setScheduledAt}
        check={(value) => told(wrongTime(value, before.scheduledAt))}
      />
      <Field
        name="expiresAt"
        type="datetime-local"
        label={t(fields.expiresAt)}
        defaultValue={before.expiresAt}
        judgedWith="scheduledAt"
        check={(value) => told(wrongTime(value, before.expiresAt, workOf(value)))}
      />
    </div>
  );
}

/** What the fields hold. */
export function jobInput(values: FormData) {
  return {
    title: textOf(values, 'title'),
    description: textOf(values, 'description'),
    jobType: textOf(values, 'jobType'),
    city: cityOf(textOf(values, 'city')),
    address: textOf(values, 'address'),
    estimatedAmount: numberOf(values, 'estimatedAmount') ?? 0,
    scheduledAt: momentOf(values, 'scheduledAt'),
    expiresAt: momentOf(values, 'expiresAt'),
  } satisfies Written;
}
