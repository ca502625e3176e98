import { use, useEffect, useState } from 'react';

import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { Select } from '../ui/Choice.tsx';
import { DraftContext, useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { fields, type Shown, type Written } from './fields.ts';
import { localOf, type WrongTime, wrongTime } from './moment.ts';
import { useJobTypes } from './jobTypes.ts';
import { type City, cityIn, cityOf } from './places.ts';
import { SimilarPay } from './SimilarPay.tsx';
import { useCities, useDistricts } from './usePlaces.ts';
import { words } from './words.ts';

/** What can be said of a job when it is posted, and changed later. */
export function JobFields({ of: job }: { of?: Shown }) {
  const { t } = useWords();
  const types = useJobTypes();
  const { cities, suggestions } = useCities();
  const [jobType, setJobType] = useState(useDrafted('jobType') ?? job?.jobType ?? '');
  const [city, setCity] = useState(useDrafted('city') ?? job?.city ?? '');
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
          onChange={setJobType}
        />
        <Field {...field('city')} hint={t(words.cityHint)} suggestions={suggestions} onChange={setCity} required />
      </div>
      <div className="form-row">
        <District of={job} city={city} />
        <Field {...field('address')} autoComplete="street-address" required />
      </div>
      <div className="form-row">
        <Field
          {...field('estimatedAmount')}
          type="number"
          label={t(fields.estimatedAmount) + t(words.inTwd)}
          hint={t(words.amountHint)}
          step={1}
          required
        />
        <SimilarPay jobType={jobType || (types.options[0]?.value ?? '')} city={cityIn(cities, city)?.name ?? ''} />
      </div>
      <Field {...field('description')} rows={5} />
      <Times of={job} />
    </>
  );
}

/** A choice of the city's districts; what was chosen is there again when its city is. */
function District({ of: job, city }: { of: Shown | undefined; city: string }) {
  const { t } = useWords();
  const { cities } = useCities();
  const draft = use(DraftContext);
  const drafted = { city: useDrafted('city') ?? job?.city ?? '', district: useDrafted('district') };
  const [chosen, setChosen] = useState({
    city: (drafted.district === undefined ? job?.city : drafted.city) ?? '',
    district: drafted.district ?? job?.district ?? '',
  });
  const value = cityOf(cities, chosen.city) === cityOf(cities, city) ? chosen.district : '';
  const districts = useDistricts(city, value);
  const isDropped = value !== chosen.district;
  useEffect(() => {
    // Else a form that is restored would take it for a district of the other city.
    if (isDropped) draft?.keep('district', '');
  }, [isDropped, draft]);
  return (
    <Select
      name="district"
      label={t(fields.district)}
      options={[{ value: '', label: t(words.fromAddress) }, ...districts]}
      value={value}
      onChange={(district) => setChosen({ city, district })}
    />
  );
}

function Times({ of: job }: { of: Shown | undefined }) {
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
export function jobInput(values: FormData, cities: readonly City[]) {
  return {
    title: textOf(values, 'title'),
    description: textOf(values, 'description'),
    jobType: textOf(values, 'jobType'),
    city: cityOf(cities, textOf(values, 'city')),
    district: textOf(values, 'district') || null,
    address: textOf(values, 'address'),
    estimatedAmount: numberOf(values, 'estimatedAmount') ?? 0,
    scheduledAt: momentOf(values, 'scheduledAt'),
    expiresAt: momentOf(values, 'expiresAt'),
  } satisfies Written;
}
