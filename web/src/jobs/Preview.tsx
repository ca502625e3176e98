import './row.css';

import { useWords } from '../i18n/language.tsx';
import { Drawing } from '../ui/Drawing.tsx';
import type { Written } from './fields.ts';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

/** A job that is about to be posted, as others will find it. */
export function Preview({ of: job }: { of: Written }) {
  const { t, when } = useWords();
  const cities = useCities();
  return (
    <section className="preview" aria-label={t(words.preview)}>
      <h3>{t(words.preview)}</h3>
      <div className="job-row">
        <Drawing of={job.jobType} />
        <div>
          <p className="row-title">{job.title}</p>
          <p className="job-row-when">
            <span>{job.scheduledAt ? when(job.scheduledAt) : t(words.anyTime)}</span>
            <span className="job-row-where">{cities.label(job.city) + (job.district ?? '')}</span>
          </p>
          {job.description ? <p className="row-note prose">{job.description}</p> : null}
        </div>
      </div>
    </section>
  );
}
