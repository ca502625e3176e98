import type { JobDetailFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Drawing } from '../ui/Drawing.tsx';
import { fields } from './fields.ts';
import { usePlaceOf } from './usePlaces.ts';
import { words } from './words.ts';

/** What a glance at a job finds: how much, when and where. */
export function Glance({ of: job }: { of: JobDetailFragment }) {
  const { t, money, when } = useWords();
  const place = usePlaceOf(job);
  const isAgreed = job.agreedAmount !== null;
  return (
    <div className="glance">
      <Drawing of={job.jobType} />
      <dl>
        <div className="glance-pay">
          <dt>{t(isAgreed ? words.agreedAmount : fields.estimatedAmount)}</dt>
          <dd className="money">{money(job.agreedAmount ?? job.estimatedAmount)}</dd>
        </div>
        <div>
          <dt>{t(words.when)}</dt>
          <dd>
            {job.scheduledAt ? <time dateTime={job.scheduledAt}>{when(job.scheduledAt)}</time> : t(words.anyTime)}
          </dd>
        </div>
        <div>
          <dt>{t(words.where)}</dt>
          <dd>{place}</dd>
          <dd className="row-note">{job.address ?? t(words.addressHidden)}</dd>
        </div>
        {isAgreed && job.agreedAmount !== job.estimatedAmount ? (
          <div>
            <dt>{t(words.askedAmount)}</dt>
            <dd>{money(job.estimatedAmount)}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}
