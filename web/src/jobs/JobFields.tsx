import './post.css';

import { useState } from 'react';

import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { DistrictField } from './DistrictField.tsx';
import { fields, type Shown, type Written } from './fields.ts';
import { useJobTypes } from './jobTypes.ts';
import { type City, cityIn, cityOf } from './places.ts';
import { SimilarPay } from './SimilarPay.tsx';
import { TypeChoice } from './TypeChoice.tsx';
import { useCities } from './usePlaces.ts';
import { WhenFields } from './WhenFields.tsx';
import { words } from './words.ts';

interface Props {
  /** As it was before; nothing for a new job. */
  of?: Shown | undefined;
}

/** What can be said of a job, all on one page: to change it later. */
export function JobFields({ of: job }: Props) {
  const [about, setAbout] = useAbout(job);
  return (
    <>
      <WhatFields of={job} onType={(jobType) => setAbout({ ...about, jobType })} />
      <WhenFields of={job} />
      <WhereFields of={job} city={about.city} onCity={(city) => setAbout({ ...about, city })} />
      <PayFields of={job} {...about} />
    </>
  );
}

/** What other fields depend on. */
export function useAbout(job?: Shown) {
  return useState({
    jobType: useDrafted('jobType') ?? job?.jobType ?? '',
    city: useDrafted('city') ?? job?.city ?? '',
  });
}

function useField(job: Shown | undefined) {
  const { t } = useWords();
  return <Name extends keyof typeof limits.CreateJobInput>(name: Name) => ({
    name,
    label: t(fields[name]),
    defaultValue: String(job?.[name] ?? ''),
    ...limits.CreateJobInput[name],
  });
}

export function WhatFields({ of: job, onType }: Props & { onType(jobType: string): void }) {
  const { t } = useWords();
  const types = useJobTypes();
  const field = useField(job);
  return (
    <>
      <TypeChoice options={types.options} defaultValue={job?.jobType ?? ''} onChange={onType} />
      <Field {...field('title')} hint={t(words.titleHint)} required />
      <Field {...field('description')} hint={t(words.descriptionHint)} rows={5} />
    </>
  );
}

export function WhereFields({ of: job, city, onCity }: Props & { city: string; onCity(city: string): void }) {
  const { t } = useWords();
  const { suggestions } = useCities();
  const field = useField(job);
  return (
    <>
      <div className="form-row">
        <Field {...field('city')} hint={t(words.cityHint)} suggestions={suggestions} onChange={onCity} required />
        <DistrictField of={job} city={city} />
      </div>
      <Field {...field('address')} hint={t(words.addressHint)} autoComplete="street-address" required />
    </>
  );
}

export function PayFields({ of: job, jobType, city }: Props & { jobType: string; city: string }) {
  const { t } = useWords();
  const types = useJobTypes();
  const { cities } = useCities();
  const field = useField(job);
  return (
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
