import type { ReactNode } from 'react';
import { Link } from 'wouter';

import type { JobRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { JobState } from './JobState.tsx';
import { useJobTypes } from './jobTypes.ts';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

interface Props {
  of: JobRowFragment;
  /** What else there is to say; else when it was posted. */
  note?: string;
  /** In place of the job's state. */
  children?: ReactNode;
}

/** A job in a list. */
export function JobRow({ of: job, note, children }: Props) {
  const { t, language, money, number, dateTime, relative } = useWords();
  const types = useJobTypes();
  const cities = useCities();
  const work = job.scheduledAt ? dateTime(job.scheduledAt) : '';
  const district = job.district && t([job.district.name, job.district.nameEn]);
  const place = [cities.label(job.city), district].filter(Boolean).join(language === 'zh-TW' ? '' : ', ');
  const applied = job.applicationCount ? t(words.applied)(number(job.applicationCount)) : '';
  const facts = [place, types.label(job.jobType), work, applied, note || relative(job.createdAt)];
  return (
    <li>
      <div className="row-main">
        <Link href={`/jobs/${job.id}`} className="row-title">
          {job.title || job.id}
        </Link>
        <span className="row-note">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      <span className="money">{money(job.estimatedAmount)}</span>
      <span className="states">{children ?? <JobState status={job.status} />}</span>
    </li>
  );
}
