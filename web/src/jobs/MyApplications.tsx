import { useSearchParams } from 'wouter';

import {
  JobNewsDocument,
  type JobNewsSubscription,
  MyApplicationsDocument,
  type MyApplicationsQuery,
} from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { ApplicationState } from './ApplicationState.tsx';
import { words as application } from './applicationWords.ts';
import { JobRow } from './JobRow.tsx';
import { JobState } from './JobState.tsx';
import { Liveness } from './Liveness.tsx';
import { Mine, stateOf, States } from './Mine.tsx';
import { words as own } from './mineWords.ts';
import { words } from './words.ts';

type Sent = NonNullable<MyApplicationsQuery['viewer']>['applications'];

/** What the reader has applied for, and what became of it. */
export default function MyApplications() {
  const { t, total } = useWords();
  const [search] = useSearchParams();
  const names = t(application.statuses);
  const status = stateOf(search, names);
  const pages = usePages(status ?? '');
  const loaded = useLoad(MyApplicationsDocument, { status, after: pages.after });
  const sent = loaded.data?.viewer?.applications;
  useNews(JobNewsDocument, { filter: null }, loaded.reload, { concerns: (news) => concerns(news, sent) });
  return (
    <Mine>
      <States path="/mine/applications" names={names} chosen={status} />
      <Await of={loaded}>
        {({ viewer }) => {
          if (!viewer?.applications?.nodes.length) return <NoApplications state={status && names[status]} />;
          const { totalCount, nodes, pageInfo } = viewer.applications;
          return (
            <>
              <p className="board-note">
                <span>{t(words.found)(total(totalCount))}</span>
                <Liveness />
              </p>
              <ul className="list">
                {nodes.map((item) => (
                  <Row key={item.id} of={item} />
                ))}
              </ul>
              <Pager pages={pages} info={pageInfo} />
            </>
          );
        }}
      </Await>
    </Mine>
  );
}

function Row({ of: { job, status, offeredAmount, createdAt } }: { of: NonNullable<Sent>['nodes'][number] }) {
  const { t, money, relative } = useWords();
  const offer = offeredAmount === null ? '' : t(own.offered)(money(offeredAmount));
  const note = [t(application.sent)(relative(createdAt)), offer].filter(Boolean).join(' · ');
  return (
    <JobRow of={job} note={note}>
      <ApplicationState status={status} />
      {status === 'PENDING' || status === 'ACCEPTED' ? <JobState status={job.status} /> : null}
    </JobRow>
  );
}

/** Only one's own applications are heard of, and of jobs those that everybody sees as well. */
function concerns({ jobEvents: { kind, job } }: JobNewsSubscription, sent: Sent | undefined): boolean {
  return kind.startsWith('APPLICATION_') || Boolean(sent?.nodes.some((item) => item.job.id === job.id));
}

function NoApplications({ state }: { state: string | null }) {
  const { t } = useWords();
  if (state) return <Empty title={t(own.noneInState)(state)} />;
  return (
    <Empty title={t(own.noApplications)}>
      <p className="muted">{t(own.noApplicationsText)}</p>
      <LinkButton to="/jobs?status=PUBLISHED">{t(own.findJobs)}</LinkButton>
    </Empty>
  );
}
