import { useSearchParams } from 'wouter';

import { useMember } from '../app/session.tsx';
import { JobNewsDocument, type JobStatus, MyJobsDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { usePages } from '../ui/pages.tsx';
import { JobRow } from './JobRow.tsx';
import { LiveList } from './LiveList.tsx';
import { Mine, None, stateOf, States } from './Mine.tsx';
import { MyGroup } from './MyGroup.tsx';
import { words as own } from './mineWords.ts';
import { words } from './words.ts';

/** The chip that stands for a state that has none of its own. */
const GROUP_OF: Partial<Record<JobStatus, keyof (typeof own.groups)[0]>> = {
  PUBLISHED: 'open',
  PAUSED: 'open',
  ASSIGNED: 'running',
  IN_PROGRESS: 'running',
  REPORTED_DONE: 'running',
  DISPUTED: 'running',
  COMPLETED: 'ended',
  CANCELLED: 'ended',
  EXPIRED: 'ended',
};

/** The jobs that the reader has posted, as they change. */
export default function MyJobs() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const statuses = t(words.statuses);
  const groups = t(own.groups);
  const group = stateOf(search, groups);
  const status = stateOf(search, statuses);
  const chips = { DRAFT: statuses.DRAFT, ...groups };
  return (
    <Mine>
      <States path="/mine" names={chips} chosen={stateOf(search, chips) ?? (status && (GROUP_OF[status] ?? null))} />
      {group ? (
        <MyGroup key={group} of={group} none={<NoJobs state={groups[group]} />} />
      ) : (
        <List key={status} status={status} />
      )}
    </Mine>
  );
}

/** The jobs in one state, or all, a page at a time. */
function List({ status }: { status: JobStatus | null }) {
  const { t } = useWords();
  const viewer = useMember();
  const pages = usePages();
  const loaded = useLoad(MyJobsDocument, { status, after: pages.after });
  useNews(JobNewsDocument, { filter: { owner: viewer.id } }, loaded.reload);
  return (
    <Await of={loaded}>
      {({ viewer: person }) => {
        if (!person?.jobs.nodes.length) return <NoJobs state={status && t(words.statuses)[status]} />;
        return <LiveList of={person.jobs} pages={pages} row={(job) => <JobRow key={job.id} of={job} />} />;
      }}
    </Await>
  );
}

function NoJobs({ state }: { state: string | null }) {
  const { t } = useWords();
  return (
    <None state={state} title={t(own.noJobs)} text={t(own.noJobsText)}>
      <LinkButton to="/jobs/new">{t(words.post)}</LinkButton>
    </None>
  );
}
