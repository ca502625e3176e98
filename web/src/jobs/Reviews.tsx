import { useEffect, useEffectEvent } from 'react';

import { useSession } from '../app/session.tsx';
import { type JobDetailFragment, JobReviewsDocument, OwnerReviewsDocument } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Section } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { Review } from './Review.tsx';
import { reviewable } from './reviews.ts';
import { words } from './reviewWords.ts';
import type { Settle } from './Step.tsx';
import { WriteReview } from './WriteReview.tsx';

interface Props {
  of: JobDetailFragment;
  /** Grows when something has happened to the job: the other side may have written. */
  news: number;
  settle: Settle;
}

/** Once a job is completed, what both sides say of each other; before, what others say of its owner. */
export function Reviews(props: Props) {
  return props.of.status === 'COMPLETED' ? <OfJob {...props} /> : <OfOwner of={props.of} />;
}

function OfJob({ of: job, news, settle }: Props) {
  const { t } = useWords();
  const { viewer } = useSession();
  const loaded = useLoad(JobReviewsDocument, { id: job.id });
  const reload = useEffectEvent(loaded.reload);
  useEffect(() => {
    if (news) reload();
  }, [news]);
  return (
    <Await of={loaded}>
      {(data) => {
        const reviews = data.job?.reviews ?? [];
        const person = reviewable(job, reviews, viewer);
        return (
          <Section title={t(words.ofJob)}>
            {person ? <WriteReview jobId={job.id} name={person.name || person.id} settle={settle} /> : null}
            {reviews.length || person ? null : <p className="muted">{t(words.noneYet)}</p>}
            {reviews.length ? (
              <ul className="plain-list">
                {reviews.map((review) => (
                  <Review key={review.id} of={review} onChange={loaded.reload} />
                ))}
              </ul>
            ) : null}
          </Section>
        );
      }}
    </Await>
  );
}

function OfOwner({ of: job }: Pick<Props, 'of'>) {
  const { t, total } = useWords();
  const pages = usePages(`${job.id} reviews`);
  const loaded = useLoad(OwnerReviewsDocument, { id: job.id, after: pages.after });
  const found = loaded.data?.job?.owner.reviews;
  // Nothing is missed where nobody has said anything.
  if (!found?.totalCount) return null;
  return (
    <Section title={t(words.ofOwner)(total(found.totalCount))}>
      <ul className="plain-list">
        {found.nodes.map((review) => (
          <Review key={review.id} of={review} onChange={loaded.reload} />
        ))}
      </ul>
      <Pager pages={pages} info={found.pageInfo} />
    </Section>
  );
}
