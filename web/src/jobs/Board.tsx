import './board.css';

import { useEffect, useEffectEvent } from 'react';

import { useSession } from '../app/session.tsx';
import { JobsDocument } from '../graphql/generated.ts';
import { isNoDistrict, isNoPage } from '../graphql/problem.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { useFilters } from '../ui/filters.tsx';
import { useAddressPages } from '../ui/pages.tsx';
import { useBoardNews } from './boardNews.ts';
import { filterOf, orderOf } from './filter.ts';
import { Filters } from './Filters.tsx';
import { JobRow } from './JobRow.tsx';
import { useJobTypes } from './jobTypes.ts';
import { LiveList } from './LiveList.tsx';
import { NoneFound } from './NoneFound.tsx';
import { words } from './words.ts';

/** The open jobs, as they change. */
export function Board() {
  const { t } = useWords();
  const { viewer } = useSession();
  const filters = useFilters();
  const { search } = filters;
  const types = useJobTypes();
  const isAdmin = viewer?.role === 'ADMIN';
  const known = types.options.map(({ value }) => value);
  const filter = filterOf(search, known, { isAdmin });
  const orderBy = orderOf(search);
  const pages = useAddressPages();
  const loaded = useLoad(JobsDocument, { filter, orderBy, after: pages.after });
  const since = useBoardNews(filter, loaded.data?.jobs, loaded.reload);
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

  function showNew() {
    if (pages.isFirst) loaded.reload();
    else pages.restart();
    document.getElementById('main')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  return (
    <Page title={t(words.jobs)}>
      <Filters of={filter} />
      <NewJobs count={since.came.size} onShow={showNew} />
      <Await of={loaded}>
        {({ jobs }) => (
          <LiveList
            of={jobs}
            pages={pages}
            empty={<NoneFound />}
            row={(job) => {
              const now = since.changed.get(job.id);
              return (
                <JobRow key={job.id} of={now ?? job}>
                  {now === null ? <span className="badge badge-calm">{t(words.taken)}</span> : undefined}
                </JobRow>
              );
            }}
          />
        )}
      </Await>
    </Page>
  );
}

/** The way to jobs that came while the page was read. */
function NewJobs({ count, onShow }: { count: number; onShow(): void }) {
  const { t, number } = useWords();
  return (
    <div role="status" className="new-jobs">
      {count ? (
        <Button look="primary" onPress={onShow}>
          {t(words.newJobs)(number(count))}
        </Button>
      ) : null}
    </div>
  );
}
