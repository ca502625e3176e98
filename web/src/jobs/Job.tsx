import './job.css';

import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';

import { useSession } from '../app/session.tsx';
import {
  ApplicationsDocument,
  type JobDetailFragment,
  JobDocument,
  JobNewsDocument,
  JobTimelineDocument,
} from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { usePages } from '../ui/pages.tsx';
import { adviceOf } from './advice.ts';
import { Applications } from './Applications.tsx';
import { fields } from './fields.ts';
import { Glance } from './Glance.tsx';
import { JobActions } from './JobActions.tsx';
import { JobState } from './JobState.tsx';
import { useJobTypes } from './jobTypes.ts';
import { LastWord } from './LastWord.tsx';
import { Liveness } from './Liveness.tsx';
import { NoJob } from './NoJob.tsx';
import { Proposal } from './Proposal.tsx';
import { Person } from './Person.tsx';
import { Reviews } from './Reviews.tsx';
import { Share } from './Share.tsx';
import { Stages } from './Stages.tsx';
import type { Settle } from './Step.tsx';
import { Timeline } from './Timeline.tsx';
import { words } from './words.ts';

export default function Job({ id }: { id: string }) {
  const loaded = useLoad(JobDocument, { id });
  return (
    <Await of={loaded} missing={<NoJob />}>
      {({ job }) => (job ? <Found of={job} onChange={loaded.reload} /> : <NoJob />)}
    </Await>
  );
}

function Found({ of: job, onChange }: { of: JobDetailFragment; onChange(): void }) {
  const { t } = useWords();
  const { viewer } = useSession();
  const { id } = job;
  const [outdated, setOutdated] = useState(false);
  const events = usePages(`${id} events`);
  const timeline = useLoad(JobTimelineDocument, { id, before: events.after });
  const pages = usePages(id);
  const applications = useLoad(ApplicationsDocument, { id, after: pages.after });
  const [news, setNews] = useState(0);
  function reload() {
    setNews((before) => before + 1);
    onChange();
    timeline.reload();
    applications.reload();
  }
  const settled = (conflict: boolean) => () => {
    setOutdated(conflict);
    reload();
  };
  const settle = { onDone: settled(false), onConflict: settled(true) };
  // All events of the owner's jobs: those about one job alone leave its applications out.
  const variables = { filter: { owner: job.owner.id } };
  useNews(JobNewsDocument, variables, reload, { concerns: (news) => news.jobEvents.job.id === id });
  return (
    <Page
      title={job.title || id}
      above={
        <p className="list-note">
          <Link href="/jobs">← {t(words.all)}</Link>
          <Liveness />
        </p>
      }
      actions={<Actions of={job} settle={settle} />}
    >
      {outdated ? (
        <Notice look="info" title={t(words.outdated)}>
          <p>{t(words.outdatedText)}</p>
        </Notice>
      ) : null}
      {viewer ? (
        <>
          <LastWord of={timeline.data?.job?.latest?.nodes[0]} status={job.status} viewer={viewer} />
          <Proposal of={job} viewer={viewer} settle={settle} />
        </>
      ) : null}
      <Details of={job} />
      <Applications of={job} loaded={applications} pages={pages} settle={settle} />
      <Reviews key={job.id} of={job} news={news} settle={settle} />
      {timeline.data?.job?.events ? <Timeline of={timeline.data.job.events} pages={events} /> : null}
    </Page>
  );
}

function Actions({ of: job, settle }: { of: JobDetailFragment; settle: Settle }) {
  const { viewer } = useSession();
  return (
    <>
      {viewer ? <JobActions of={job} viewer={viewer} settle={settle} /> : null}
      {job.status === 'PUBLISHED' ? <Share number={job.databaseId} title={job.title} /> : null}
    </>
  );
}

function Details({ of: job }: { of: JobDetailFragment }) {
  const { t, dateTime } = useWords();
  const { viewer } = useSession();
  const types = useJobTypes();
  const advice = viewer && adviceOf(job, viewer);
  const facts: readonly (readonly [term: string, value: ReactNode])[] = [
    [t(fields.jobType), types.label(job.jobType)],
    [t(words.applicants), <Applied key="applied" count={job.applicationCount} />],
    [t(fields.expiresAt), job.expiresAt && dateTime(job.expiresAt)],
    [t(words.postedAt), dateTime(job.createdAt)],
    // The reader knows who they are.
    [t(words.owner), job.owner.id !== viewer?.id && <Person key="owner" of={job.owner} />],
    [t(words.assignee), job.assignee && job.assignee.id !== viewer?.id && <Person key="assignee" of={job.assignee} />],
  ];
  return (
    <section className="card">
      <h2 className="visually-hidden">{t(words.details)}</h2>
      <Glance of={job} />
      <Stages of={job.status} />
      <div className="job-state">
        <JobState status={job.status} />
        {advice ? <span>{t(advice)}</span> : null}
      </div>
      {job.description ? <p className="prose job-text">{job.description}</p> : null}
      <dl className="facts">
        {facts.map(([term, value]) =>
          value ? (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}

function Applied({ count }: { count: number }) {
  const { t, number } = useWords();
  return count ? number(count) : t(words.noApplicants);
}
