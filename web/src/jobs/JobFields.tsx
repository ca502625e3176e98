import './post.css';

import { use, useState } from 'react';

import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { DraftContext, useDrafted } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { DistrictField } from './DistrictField.tsx';
import { fields, type Shown, type Written } from './fields.ts';
import { useJobTypes } from './jobTypes.ts';
import { type City, cityIn, cityInAddress, cityOf } from './places.ts';
import { SimilarPay } from './SimilarPay.tsx';
import { isSuggested, titleOf } from './suggested.ts';
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
      <WhatFields of={job} jobType={about.jobType} onType={(jobType) => setAbout({ ...about, jobType })} />
      <WhenFields of={job} />
      <WhereFields of={job} city={about.city} onCity={(city) => setAbout({ ...about, city })} />
      <PayFields of={job} {...about} />
    </>
  );
}

/** What other fields depend on; at first as in the draft, else as it was before. */
export function useAbout(before?: Pick<Written, 'jobType' | 'city'>) {
  return useState({
    jobType: useDrafted('jobType') ?? before?.jobType ?? '',
    city: useDrafted('city') ?? before?.city ?? '',
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

interface WhatProps extends Props {
  jobType: string;
  onType(jobType: string): void;
}

export function WhatFields({ of: job, jobType, onType }: WhatProps) {
  const { t } = useWords();
  const types = useJobTypes();
  const field = useField(job);
  const draft = use(DraftContext);
  const titleFor = (type: string) => t(titleOf(type) ?? ['', '']);
  const [title, setTitle] = useState(useDrafted('title') ?? job?.title ?? titleFor(jobType));
  function choose(type: string) {
    onType(type);
    if (!isSuggested(title)) return;
    setTitle(titleFor(type));
    draft?.keep('title', titleFor(type));
  }
  return (
    <>
      <TypeChoice options={types.options} defaultValue={jobType} onChange={choose} />
      <Field {...field('title')} hint={t(words.titleHint)} value={title} onChange={setTitle} required />
      <Field {...field('description')} hint={t(words.descriptionHint)} rows={5} />
    </>
  );
}

interface WhereProps extends Props {
  city: string;
  onCity(city: string): void;
}

export function WhereFields({ of: job, city, onCity }: WhereProps) {
  const { t } = useWords();
  const { cities, suggestions } = useCities();
  const field = useField(job);
  const draft = use(DraftContext);
  const [address, setAddress] = useState(useDrafted('address') ?? job?.address ?? '');
  /** Who writes a whole address need not name its city once more. */
  function write(text: string) {
    const [before, named] = [address, text].map((it) => cityInAddress(cities, it)?.name);
    setAddress(text);
    if (!named || (city && cityOf(cities, city) !== before)) return;
    onCity(named);
    draft?.keep('city', named);
  }
  return (
    <>
      <Field
        {...field('address')}
        hint={t(words.addressHint)}
        autoComplete="street-address"
        value={address}
        onChange={write}
        required
      />
      <div className="form-row">
        <Field
          {...field('city')}
          hint={t(words.cityHint)}
          suggestions={suggestions}
          value={city}
          onChange={onCity}
          required
        />
        <DistrictField of={job} city={city} />
      </div>
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
