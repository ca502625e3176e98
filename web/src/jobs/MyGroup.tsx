import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useMember } from '../app/session.tsx';
import {
  JobNewsDocument,
  MyEndedJobsDocument,
  MyOpenJobsDocument,
  MyRunningJobsDocument,
  type OwnJobsFragment,
} from '../graphql/generated.ts';
import { useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { JobRow } from './JobRow.tsx';
import { Liveness } from './Liveness.tsx';
import { words as own } from './mineWords.ts';
import { words } from './words.ts';

/** States that are one thing to people; what waits for the owner comes first. */
const DOCUMENTS = { open: MyOpenJobsDocument, running: MyRunningJobsDocument, ended: MyEndedJobsDocument };

interface Props {
  of: keyof typeof DOCUMENTS;
  none: ReactNode;
}

/** The first of the reader's jobs in each state of a group, and the way to the rest. */
export function MyGroup({ of: group, none }: Props) {
  const { t, total } = useWords();
  const viewer = useMember();
  const loaded = useLoad<Lists, Record<string, never>>(DOCUMENTS[group], {});
  useNews(JobNewsDocument, { filter: { owner: viewer.id } }, loaded.reload);
  return (
    <Await of={loaded}>
      {(data) => {
        const lists = listsOf(data);
        const count = lists.reduce((sum, { totalCount }) => sum + totalCount, 0);
        if (!count) return none;
        return (
          <>
            <p className="list-note">
              <span>{t(words.found)(total(count))}</span>
              <Liveness />
            </p>
            <ul className="list job-list">
              {lists.flatMap(({ nodes }) => nodes.map((job) => <JobRow key={job.id} of={job} />))}
            </ul>
            {lists.map((list) => (
              <More key={list.nodes[0]?.status} of={list} />
            ))}
          </>
        );
      }}
    </Await>
  );
}

function More({ of: { nodes, totalCount, pageInfo } }: { of: OwnJobsFragment }) {
  const { t, total } = useWords();
  const status = nodes[0]?.status;
  if (!status || !pageInfo.hasNextPage) return null;
  const name = t(words.statuses)[status];
  return (
    <p className="list-more">
      <Link href={`/mine?status=${status}`}>{t(own.allIn)(name, total(totalCount))}</Link>
    </p>
  );
}

/** What the documents answer alike: lists under names of their own. */
interface Lists {
  readonly viewer: Readonly<Record<string, OwnJobsFragment | string>> | null;
}

function listsOf({ viewer }: Lists): OwnJobsFragment[] {
  return Object.values(viewer ?? {}).filter((value) => typeof value !== 'string');
}
