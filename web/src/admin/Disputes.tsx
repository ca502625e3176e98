import { useState } from 'react';
import { Link } from 'wouter';

import { useMember } from '../app/session.tsx';
import { DisputesDocument, type DisputeRowFragment, JobListNewsDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import type { Settle } from '../jobs/Step.tsx';
import { partOf } from '../jobs/steps.ts';
import { Await, Empty } from '../ui/Await.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { Decide } from './Decide.tsx';
import { words } from './words.ts';

/** The jobs that wait for an administrator's decision, as they come and go. */
export default function Disputes() {
  const { t, total } = useWords();
  const [done, setDone] = useState('');
  const pages = usePages();
  const loaded = useLoad(DisputesDocument, { after: pages.after });
  useNews(JobListNewsDocument, { filter: { status: 'DISPUTED' } }, loaded.reload);
  const settled = (message: string) => () => {
    setDone(message);
    loaded.reload();
  };
  const settle = { onDone: settled(t(words.decided)), onConflict: settled(t(words.outdated)) };
  return (
    <Page title={t(words.disputes)} actions={<span role="status">{done}</span>}>
      <Await of={loaded}>
        {({ jobs }) => (
          <>
            <p className="list-note">{t(words.found)(total(jobs.totalCount))}</p>
            {jobs.nodes.length ? (
              <ul className="list">
                {jobs.nodes.map((job) => (
                  <Dispute key={job.id} of={job} settle={settle} />
                ))}
              </ul>
            ) : (
              <Empty title={t(words.noDisputes)}>
                <p className="muted">{t(words.noDisputesText)}</p>
              </Empty>
            )}
            <Pager pages={pages} info={jobs.pageInfo} />
          </>
        )}
      </Await>
    </Page>
  );
}

function Dispute({ of: job, settle }: { of: DisputeRowFragment; settle: Settle }) {
  const { t, money, relative } = useWords();
  const viewer = useMember();
  const said = job.events?.nodes[0];
  const facts = [
    job.disputedAt && said?.actor ? t(words.disputedBy)(nameOf(said.actor), relative(job.disputedAt)) : '',
    job.agreedAmount === null ? '' : t(words.agreed)(money(job.agreedAmount)),
  ];
  return (
    <li>
      <div className="row-main">
        <Link href={`/jobs/${job.id}`} className="row-title">
          {job.title || job.id}
        </Link>
        {said?.reason ? <p className="prose">{said.reason}</p> : null}
        <span className="row-note">{facts.filter(Boolean).join(' · ')}</span>
        <span className="row-note">{t(words.owner)(contact(job.owner))}</span>
        {job.assignee ? <span className="row-note">{t(words.worker)(contact(job.assignee))}</span> : null}
      </div>
      {partOf(job, viewer) === 'admin' ? (
        <div className="actions">
          <Decide of={job} settle={settle} />
        </div>
      ) : (
        <span className="row-note">{t(words.ownDispute)}</span>
      )}
    </li>
  );
}

type Person = DisputeRowFragment['owner'];

function nameOf(person: Pick<Person, 'id' | 'name'>): string {
  return person.name || person.id;
}

function contact(person: Person): string {
  return [nameOf(person), person.email].filter(Boolean).join(' · ');
}
