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
import { Await } from '../ui/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { usePages } from '../ui/pages.tsx';
import { ApplicationState } from './ApplicationState.tsx';
import { words } from './applicationWords.ts';
import { JobRow } from './JobRow.tsx';
import { JobState } from './JobState.tsx';
import { LiveList } from './LiveList.tsx';
import { Mine, None, stateOf, States } from './Mine.tsx';
import { words as own } from './mineWords.ts';

type Sent = NonNullable<MyApplicationsQuery['viewer']>['applications'];

/** What the reader has applied for, and what became of it. */
export default function MyApplications() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const names = t(words.statuses);
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
          return <LiveList of={viewer.applications} pages={pages} row={(item) => <Row key={item.id} of={item} />} />;
        }}
      </Await>
    </Mine>
  );
}

function Row({ of: application }: { of: NonNullable<Sent>['nodes'][number] }) {
  const { t, money, relative } = useWords();
  const { job, status, offeredAmount, createdAt, mayApplyAgain, releaseReason } = application;
  const offer = offeredAmount === null ? '' : t(own.offered)(money(offeredAmount));
  const note = [t(words.sent)(relative(createdAt)), offer].filter(Boolean).join(' · ');
  return (
    <JobRow of={job} note={note}>
      <ApplicationState status={status} />
      {status === 'PENDING' || status === 'ACCEPTED' ? <JobState status={job.status} /> : null}
      {mayApplyAgain && job.status === 'PUBLISHED' ? <Badge tone="good">{t(words.mayApplyAgain)}</Badge> : null}
      {releaseReason ? <span className="row-note">{t(words.releasedBecause)(releaseReason)}</span> : null}
    </JobRow>
  );
}

/** Only one's own applications are heard of, and of jobs those that everybody sees as well. */
function concerns({ jobEvents: { kind, job } }: JobNewsSubscription, sent: Sent | undefined): boolean {
  return kind.startsWith('APPLICATION_') || Boolean(sent?.nodes.some((item) => item.job.id === job.id));
}

function NoApplications({ state }: { state: string | null }) {
  const { t } = useWords();
  return (
    <None state={state} title={t(own.noApplications)} text={t(own.noApplicationsText)}>
      <LinkButton to="/jobs?status=PUBLISHED">{t(own.findJobs)}</LinkButton>
    </None>
  );
}
