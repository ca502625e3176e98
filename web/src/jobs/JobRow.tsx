import './row.css';

import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useSession } from '../app/session.tsx';
import type { JobRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Drawing } from '../ui/Drawing.tsx';
import { JobState } from './JobState.tsx';
import { useJobTypes } from './jobTypes.ts';
import { shownAverage } from './reviews.ts';
import { usePlaceOf } from './usePlaces.ts';
import { words as review } from './reviewWords.ts';
import { words } from './words.ts';

interface Props {
  of: JobRowFragment;
  /** What else there is to say; else when it was posted. */
  note?: string;
  /** In place of the job's state, which goes without saying where all are open. */
  children?: ReactNode;
}

/** A job in a list: how much, when and where before all else. */
export function JobRow({ of: job, note, children }: Props) {
  const { t, money, number, when, relative } = useWords();
  const types = useJobTypes();
  const place = usePlaceOf(job);
  const { viewer } = useSession();
  // Nobody looks for what is said of themselves.
  const rating = job.owner.id === viewer?.id ? null : job.owner.rating;
  const state = children ?? (job.status === 'PUBLISHED' ? null : <JobState status={job.status} />);
  const facts = [
    types.label(job.jobType),
    job.applicationCount ? t(words.applied)(number(job.applicationCount)) : t(words.withoutApplications),
    rating && (
      <>
        <span className="visually-hidden">{t(words.owner)} </span>
        {t(review.brief)(shownAverage(rating.average), number(rating.count))}
      </>
    ),
    note || relative(job.createdAt),
  ];
  return (
    <li className="job-row">
      <Drawing of={job.jobType} />
      <div className="job-row-main">
        <Link href={`/jobs/${job.id}`} className="row-title">
          {job.title || job.id}
        </Link>
        <span className="money">{money(job.agreedAmount ?? job.estimatedAmount)}</span>
        <span className="job-row-when">
          {job.scheduledAt ? <time dateTime={job.scheduledAt}>{when(job.scheduledAt)}</time> : t(words.anyTime)}
          <span className="job-row-where">{place}</span>
        </span>
        <span className="row-note job-row-facts">
          {facts.map((fact, index) => (fact ? <span key={index}>{fact} </span> : null))}
        </span>
        {state ? <span className="states">{state}</span> : null}
      </div>
    </li>
  );
}
