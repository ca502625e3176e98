import './jobs.css';

import { Link, useSearchParams } from 'wouter';

import { useSession } from '../app/session.tsx';
import { JobNewsDocument, type JobRowFragment, JobsDocument } from '../graphql/generated.ts';
import { useLiveness, useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { filterOf, orderOf } from './filter.ts';
import { Filters } from './Filters.tsx';
import { JobState } from './JobState.tsx';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** All jobs that the reader may see, as they change. */
export function Board() {
  const { t, number } = useWords();
  const { viewer } = useSession();
  const [search] = useSearchParams();
  const filter = filterOf(search, viewer?.id);
  const orderBy = orderOf(search);
  const pages = usePages(JSON.stringify([filter, orderBy]));
  const loaded = useLoad(JobsDocument, { filter, orderBy, after: pages.after });
  useNews(JobNewsDocument, { filter: null }, loaded.reload);
  const post = (
    <LinkButton to="/jobs/new" look="primary">
      {t(words.post)}
    </LinkButton>
  );
  return (
    <Page title={t(words.jobs)} actions={viewer ? post : null}>
      <Filters />
      <Await of={loaded}>
        {({ jobs }) => (
          <>
            <p className="board-note">
              <span>{t(words.found)(number(jobs.totalCount))}</span>
              <Liveness />
            </p>
            {jobs.nodes.length ? (
              <ul className="list">
                {jobs.nodes.map((job) => (
                  <Row key={job.id} of={job} />
                ))}
              </ul>
            ) : (
              <Empty title={t(words.none)}>
                <p className="muted">{t(words.noneText)}</p>
              </Empty>
            )}
            <Pager pages={pages} info={jobs.pageInfo} />
          </>
        )}
      </Await>
    </Page>
  );
}

function Row({ of: job }: { of: JobRowFragment }) {
  const { money, relative } = useWords();
  const types = useJobTypes();
  return (
    <li>
      <div className="row-main">
        <Link href={`/jobs/${job.id}`} className="row-title">
          {job.title || job.id}
        </Link>
        <span className="row-note">
          {job.city} · {types.label(job.jobType)} · {relative(job.createdAt)}
        </span>
      </div>
      <span className="money">{money(job.estimatedAmount)}</span>
      <JobState status={job.status} />
    </li>
  );
}

/** Whether changes come in by themselves. */
export function Liveness() {
  const { t } = useWords();
  const state = useLiveness();
  return (
    <span className={`live live-${state}`} role="status">
      {state === 'live' ? t(words.live) : null}
      {state === 'interrupted' ? t(words.interrupted) : null}
    </span>
  );
}
