import type { ReactNode } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Pager, type Pages } from '../ui/pages.tsx';
import { Liveness } from './Liveness.tsx';
import { words } from './words.ts';

interface Props<Node> {
  of: {
    readonly totalCount: number;
    readonly nodes: readonly Node[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  pages: Pages;
  /** In place of the rows, where there are none. */
  empty?: ReactNode;
  row(node: Node): ReactNode;
}

/** A page of a list that changes by itself: how many there are, its rows, and the way through. */
export function LiveList<Node>({ of: { totalCount, nodes, pageInfo }, pages, empty, row }: Props<Node>) {
  const { t, total } = useWords();
  return (
    <>
      <p className="list-note">
        <span>{t(words.found)(total(totalCount))}</span>
        <Liveness />
      </p>
      {nodes.length ? <ul className="list job-list">{nodes.map(row)}</ul> : empty}
      <Pager pages={pages} info={pageInfo} />
    </>
  );
}
