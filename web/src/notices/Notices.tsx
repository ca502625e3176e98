import './notices.css';

import { useState } from 'react';
import { useSearchParams } from 'wouter';

import { MarkNoticesReadDocument, NoticeNewsDocument, NoticesDocument } from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useAction, useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { Bar } from './Bar.tsx';
import { NoticeRow } from './NoticeRow.tsx';
import { useRecount } from './unread.ts';
import { words } from './words.ts';

/** What the reader was told of jobs, newest first, as it comes. */
export default function Notices() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const unreadOnly = search.has('unread');
  const pages = usePages(unreadOnly ? 'unread' : '');
  const loaded = useLoad(NoticesDocument, { unreadOnly, after: pages.after });
  useNews(NoticeNewsDocument, {}, loaded.reload);
  const markOne = useAction(MarkNoticesReadDocument);
  const recount = useRecount();
  const [allMarked, setAllMarked] = useState(false);

  function reload() {
    recount();
    loaded.reload();
  }
  async function read(id: string) {
    if (await markOne.run({ ids: [id] })) reload();
  }
  function tellAll() {
    setAllMarked(true);
    reload();
  }

  return (
    <Page title={t(words.title)} actions={<LinkButton to="/account/notices">{t(words.mails)}</LinkButton>}>
      {markOne.problem ? <ProblemNotice problem={markOne.problem} /> : null}
      {allMarked ? <Notice look="good" title={t(words.marked)} /> : null}
      <Await of={loaded}>
        {({ viewer }) => {
          if (!viewer?.notices) return null;
          const { nodes, pageInfo, unreadCount } = viewer.notices;
          // Where the newest are not shown, nobody knows what “all” would be.
          const newest = pages.isFirst && unreadCount ? nodes[0]?.id : undefined;
          return (
            <>
              <Bar unreadOnly={unreadOnly} newest={newest} onMarked={tellAll} />
              {nodes.length ? (
                <ul className="list">
                  {nodes.map((notice) => (
                    <NoticeRow key={notice.id} of={notice} onRead={(id) => void read(id)} />
                  ))}
                </ul>
              ) : (
                <Nothing unreadOnly={unreadOnly} />
              )}
              <Pager pages={pages} info={pageInfo} />
            </>
          );
        }}
      </Await>
      <p className="muted">{t(words.kept)}</p>
    </Page>
  );
}

function Nothing({ unreadOnly }: { unreadOnly: boolean }) {
  const { t } = useWords();
  if (unreadOnly) return <Empty title={t(words.allRead)} />;
  return (
    <Empty title={t(words.none)}>
      <p className="muted">{t(words.noneText)}</p>
    </Empty>
  );
}
