import { useState } from 'react';

import type { JobDetailFragment } from '../graphql/generated.ts';
import { cityOf, citySuggestions } from '../i18n/cities.ts';
import { useWords } from '../i18n/language.tsx';
import { Select } from '../ui/Choice.tsx';
import { useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { localOf, type WrongTime, wrongTime } from './moment.ts';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** The most that a job may cost, in New Taiwan dollars. */
export const AMOUNT_MAX = 10_000_000;

/** What can be said of a job when it is posted, and changed later. */
export function JobFields({ of: job }: { of?: JobDetailFragment }) {
  const { t, number } = useWords();
  const types = useJobTypes();
  return (
    <>
      <Field name="title" label={t(words.title)} defaultValue={job?.title ?? ''} maxLength={100} required />
      <div className="form-row">
        <Select
          // The options come later than the form: their choice is made anew then.
          key={types.options.length}
          name="jobType"
          label={t(words.type)}
          options={types.options}
          defaultValue={job?.jobType ?? ''}
        />
        <Field
          name="estimatedAmount"
          type="number"
          label={t(words.amount)}
          hint={t(words.amountHint)(number(AMOUNT_MAX))}
          defaultValue={job ? String(job.estimatedAmount) : ''}
          min={0}
          max={AMOUNT_MAX}
          step={1}
          required
        />
      </div>
      <div className="form-row">
        <Field
          name="city"
          label={t(words.city)}
          hint={t(words.cityHint)}
          defaultValue={job?.city ?? ''}
          suggestions={citySuggestions}
          maxLength={50}
          required
        />
        <Field
          name="address"
          label={t(words.address)}
          defaultValue={job?.address ?? ''}
          autoComplete="street-address"
          maxLength={200}
          required
        />
      </div>
      <Field
        name="description"
        label={t(words.description)}
        defaultValue={job?.description ?? ''}
        maxLength={5000}
        rows={5}
      />
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
        label={t(words.scheduledAt)}
        defaultValue={before.scheduledAt}
        onChange={setScheduledAt}
        check={(value) => told(wrongTime(value, before.scheduledAt))}
      />
      <Field
        name="expiresAt"
        type="datetime-local"
        label={t(words.expiresAt)}
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
  };
}
