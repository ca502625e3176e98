import './jobs.css';

import { useState } from 'react';
import { Link } from 'wouter';

import { type Member, useSession } from '../app/session.tsx';
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
import { Page, Section } from '../ui/Page.tsx';
import { usePages } from '../ui/pages.tsx';
import { adviceOf } from './advice.ts';
import { Applications } from './Applications.tsx';
import { fields, type Written } from './fields.ts';
import { JobActions } from './JobActions.tsx';
import { JobState } from './JobState.tsx';
import { useJobTypes } from './jobTypes.ts';
import { LastWord } from './LastWord.tsx';
import { Liveness } from './Liveness.tsx';
import { NoJob } from './NoJob.tsx';
import { Proposal } from './Proposal.tsx';
import { useReputation } from './reputation.ts';
import { Reviews } from './Reviews.tsx';
import { Timeline } from './Timeline.tsx';
import { useCities } from './usePlaces.ts';
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
  function reload() {
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
    <Page title={job.title || id} actions={viewer && <JobActions of={job} viewer={viewer} settle={settle} />}>
      <p className="board-note">
        <Link href="/jobs">← {t(words.all)}</Link>
        <Liveness />
      </p>
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
      <Reviews key={job.id} of={job} settle={settle} />
      {timeline.data?.job?.events ? <Timeline of={timeline.data.job.events} pages={events} /> : null}
    </Page>
  );
}

function Details({ of: job }: { of: JobDetailFragment }) {
  const { t, money, number, dateTime } = useWords();
  const cities = useCities();
  const { viewer } = useSession();
  const known = useReputation();
  const person = (of: JobDetailFragment['owner']) => [contact(of, viewer), known(of)].filter(Boolean).join(' · ');
  const advice = viewer && adviceOf(job, viewer);
  const types = useJobTypes();
  // Title and description stand by themselves.
  const written = {
    estimatedAmount: money(job.estimatedAmount),
    jobType: types.label(job.jobType),
    city: cities.label(job.city),
    district: job.district && t([job.district.name, job.district.nameEn]),
    address: job.address ?? t(words.addressHidden),
    scheduledAt: job.scheduledAt && dateTime(job.scheduledAt),
    expiresAt: job.expiresAt && dateTime(job.expiresAt),
  } satisfies Record<Exclude<keyof Written, 'title' | 'description'>, string | null>;
  const facts = [
    [t(words.agreedAmount), job.agreedAmount === null ? null : money(job.agreedAmount)],
    ...Object.entries(written).map(([name, value]) => [t(fields[name as keyof typeof written]), value]),
    [t(words.applicants), job.applicationCount ? number(job.applicationCount) : t(words.noApplicants)],
    [t(words.owner), person(job.owner)],
    [t(words.assignee), job.assignee && person(job.assignee)],
    [t(words.postedAt), dateTime(job.createdAt)],
  ];
  return (
    <Section title={t(words.details)}>
      <div className="job-state">
        <JobState status={job.status} />
        {advice ? <span>{t(advice)}</span> : null}
      </div>
      {job.description ? <p className="prose">{job.description}</p> : null}
      <dl className="facts">
        {facts.map(([term, value]) =>
          value === null ? null : (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Section>
  );
}

/** A person, with what the reader may know to reach them; nobody needs that of themselves. */
function contact(person: JobDetailFragment['owner'], viewer: Member | null | undefined): string {
  if (person.id === viewer?.id) return person.name;
  return [person.name || person.id, person.email, person.phone].filter(Boolean).join(' · ');
}
