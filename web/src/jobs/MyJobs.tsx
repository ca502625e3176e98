import { useSearchParams } from 'wouter';

import { useMember } from '../app/session.tsx';
import { JobNewsDocument, MyJobsDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { usePages } from '../ui/pages.tsx';
import { JobRow } from './JobRow.tsx';
import { LiveList } from './LiveList.tsx';
import { Mine, None, stateOf, States } from './Mine.tsx';
import { words as own } from './mineWords.ts';
import { words } from './words.ts';

/** The jobs that the reader has posted, as they change. */
export default function MyJobs() {
  const { t } = useWords();
  const viewer = useMember();
  const [search] = useSearchParams();
  const names = t(words.statuses);
  const status = stateOf(search, names);
  const pages = usePages(status ?? '');
  const loaded = useLoad(MyJobsDocument, { status, after: pages.after });
  useNews(JobNewsDocument, { filter: { owner: viewer.id } }, loaded.reload);
  return (
    <Mine>
      <States path="/mine" names={names} chosen={status} />
      <Await of={loaded}>
        {({ viewer: person }) => {
          if (!person?.jobs.nodes.length) return <NoJobs state={status && names[status]} />;
          return <LiveList of={person.jobs} pages={pages} row={(job) => <JobRow key={job.id} of={job} />} />;
        }}
      </Await>
    </Mine>
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
