import { useState } from 'react';
import { Link } from 'wouter';

import {
  DismissReviewReportsDocument,
  HideReviewDocument,
  type ReviewReportRowFragment,
  ReviewReportsDocument,
} from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Stars } from '../jobs/Stars.tsx';
import { type Settle, Step } from '../jobs/Step.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { words } from './words.ts';

/** Reviews that somebody has complained about: those that wait for a decision first. */
export default function Reports() {
  const { t, total } = useWords();
  const [done, setDone] = useState('');
  const pages = usePages();
  const loaded = useLoad(ReviewReportsDocument, { after: pages.after });
  const settled = (message: string) => () => {
    setDone(message);
    loaded.reload();
  };
  const settle = { onDone: settled(t(words.reportSettled)), onConflict: settled(t(words.reportOutdated)) };
  return (
    <Page title={t(words.reports)} actions={<span role="status">{done}</span>}>
      <Await of={loaded}>
        {({ reviewReports: { totalCount, nodes, pageInfo } }) => (
          <>
            <p className="list-note">{t(words.found)(total(totalCount))}</p>
            {nodes.length ? (
              <ul className="list">
                {nodes.map((report) => (
                  <Report key={report.id} of={report} settle={settle} />
                ))}
              </ul>
            ) : (
              <Empty title={t(words.noReports)}>
                <p className="muted">{t(words.noReportsText)}</p>
              </Empty>
            )}
            <Pager pages={pages} info={pageInfo} />
          </>
        )}
      </Await>
    </Page>
  );
}

const TONES = { OPEN: 'busy', UPHELD: 'bad', DISMISSED: 'calm' } as const;

function Report({ of: report, settle }: { of: ReviewReportRowFragment; settle: Settle }) {
  const { t, relative } = useWords();
  const { review, reporter } = report;
  const nameOf = (person: { id: string; name: string }) => person.name || person.id;
  return (
    <li>
      <div className="row-main">
        <span className="review-head">
          <Stars count={review.rating} />
          <span>{t(words.reviewOf)(nameOf(review.author), nameOf(review.reviewed))}</span>
        </span>
        {review.text ? <p className="prose">{review.text}</p> : null}
        <p className="prose">{t(words.reportedBecause)(nameOf(reporter), report.reason)}</p>
        <span className="row-note">
          {relative(report.createdAt)}
          {review.job ? (
            <>
              {' · '}
              <Link href={`/jobs/${review.job.id}`}>{review.job.title || review.job.id}</Link>
            </>
          ) : null}
        </span>
      </div>
      {report.status === 'OPEN' ? (
        <div className="actions">
          <Decide id={review.id} settle={settle} />
        </div>
      ) : (
        <Badge tone={TONES[report.status]}>{t(words.reportStates)[report.status]}</Badge>
      )}
    </li>
  );
}

/** Both ways settle all reports of a review. */
function Decide({ id, settle }: { id: string; settle: Settle }) {
  const { t } = useWords();
  const reason = { label: t(words.reason), hint: t(words.hideHint), ...limits.HideReviewInput.reason };
  const no = t(words.notNow);
  return (
    <>
      <Step
        {...settle}
        step={HideReviewDocument}
        input={(said) => ({ reviewId: id, reason: said })}
        label={words.hide}
        look="danger"
        question={{ title: t(words.hideTitle), text: t(words.hideText), no, reason }}
      />
      <Step
        {...settle}
        step={DismissReviewReportsDocument}
        input={() => ({ reviewId: id })}
        label={words.dismiss}
        question={{ title: t(words.dismissTitle), text: t(words.dismissText), no }}
      />
    </>
  );
}
