import './jobs.css';

import { useSearchParams } from 'wouter';

import { useSession } from '../app/session.tsx';
import { JobNewsDocument, JobsDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { usePages } from '../ui/pages.tsx';
import { filterOf, orderOf } from './filter.ts';
import { Filters } from './Filters.tsx';
import { JobRow } from './JobRow.tsx';
import { LiveList } from './LiveList.tsx';
import { words } from './words.ts';

/** Anybody's jobs change it: what a visitor may ask in a minute must last. */
const PAUSE = 5000;

/** All jobs that the reader may see, as they change. */
export function Board() {
  const { t } = useWords();
  const { viewer } = useSession();
  const [search] = useSearchParams();
  const filter = filterOf(search, viewer?.role === 'ADMIN');
  const orderBy = orderOf(search);
  const pages = usePages(JSON.stringify([filter, orderBy]));
  const loaded = useLoad(JobsDocument, { filter, orderBy, after: pages.after });
  useNews(JobNewsDocument, { filter: null }, loaded.reload, { pause: PAUSE });
  const post = (
    <LinkButton to="/jobs/new" look="primary">
      {t(words.post)}
    </LinkButton>
  );
  const none = (
    <Empty title={t(words.none)}>
      <p className="muted">{t(words.noneText)}</p>
    </Empty>
  );
  return (
    <Page title={t(words.jobs)} actions={viewer ? post : null}>
      <Filters />
      <Await of={loaded}>
        {({ jobs }) => (
          <LiveList of={jobs} pages={pages} empty={none} row={(job) => <JobRow key={job.id} of={job} />} />
        )}
      </Await>
    </Page>
  );
}
