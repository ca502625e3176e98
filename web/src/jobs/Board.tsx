import './jobs.css';

import { useEffect, useEffectEvent } from 'react';

import { useSession } from '../app/session.tsx';
import { JobListNewsDocument, JobsDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { isNoDistrict, isNoPage } from '../graphql/problem.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { useFilters } from '../ui/filters.tsx';
import { useAddressPages } from '../ui/pages.tsx';
import { filterOf, orderOf } from './filter.ts';
import { Filters } from './Filters.tsx';
import { JobRow } from './JobRow.tsx';
import { useJobTypes } from './jobTypes.ts';
import { LiveList } from './LiveList.tsx';
import { NoneFound } from './NoneFound.tsx';
import { words } from './words.ts';

/** Anybody's jobs change it: what a visitor may ask in a minute must last. */
const PAUSE = 5000;

/** All jobs that the reader may see, as they change. */
export function Board() {
  const { t } = useWords();
  const { viewer } = useSession();
  const filters = useFilters();
  const { search } = filters;
  const types = useJobTypes();
  const filter = filterOf(
    search,
    types.options.map(({ value }) => value),
  );
  const orderBy = orderOf(search);
  const pages = useAddressPages();
  const loaded = useLoad(JobsDocument, { filter, orderBy, after: pages.after });
  useNews(JobListNewsDocument, { filter }, loaded.reload, { pause: PAUSE });
  const isNowhere = loaded.problem !== null && isNoPage(loaded.problem);
  const restart = useEffectEvent(pages.restart);
  useEffect(() => {
    if (isNowhere) restart();
  }, [isNowhere]);
  const isAstray = loaded.problem !== null && isNoDistrict(loaded.problem);
  const dropDistrict = useEffectEvent(() => filters.set('district', ''));
  useEffect(() => {
    if (isAstray) dropDistrict();
  }, [isAstray]);
  const post = (
    <LinkButton to="/jobs/new" look="primary">
      {t(words.post)}
    </LinkButton>
  );
  return (
    <Page title={t(words.jobs)} actions={viewer ? post : null}>
      <Filters of={filter} />
      <Await of={loaded}>
        {({ jobs }) => (
          <LiveList
            of={jobs}
            pages={pages}
            empty={<NoneFound isFiltered={Object.keys(filter).length > 0} />}
            row={(job) => <JobRow key={job.id} of={job} />}
          />
        )}
      </Await>
    </Page>
  );
}
