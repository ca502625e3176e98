import { useRef, useState } from 'react';
import { useSearchParams } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { words } from './words.ts';

export interface Pages {
  /** Cursor that the shown page begins after; null at the start. */
  after: string | null;
  isFirst: boolean;
  next(cursor: string | null): void;
  back(): void;
}

/** The way through a list: the cursors passed so far. It starts anew when `list` changes. */
export function usePages(list = ''): Pages {
  const [way, setWay] = useState<{ list: string; cursors: string[] }>({ list, cursors: [] });
  const cursors = way.list === list ? way.cursors : [];
  return {
    after: cursors.at(-1) ?? null,
    isFirst: cursors.length === 0,
    next: (cursor) => cursor && setWay({ list, cursors: [...cursors, cursor] }),
    back: () => setWay({ list, cursors: cursors.slice(0, -1) }),
  };
}

/** Where a page's address keeps the cursor that its list begins after. */
export const PAGE = 'after';

interface AddressPages extends Pages {
  /** Instead of a page that there is not. */
  restart(): void;
}

/**
 * The same in the page's address, to come back to. The browser's history knows the cursors passed before;
 * who was sent the address comes back to the start.
 */
export function useAddressPages(): AddressPages {
  const [search, setSearch] = useSearchParams();
  const after = search.get(PAGE) || null;
  function go(cursors: readonly string[], replace = false) {
    const cursor = cursors.at(-1);
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (cursor) next.set(PAGE, cursor);
        else next.delete(PAGE);
        return next;
      },
      { replace, state: { cursors } },
    );
  }
  return {
    after,
    isFirst: after === null,
    next: (cursor) => cursor && go([...wayTo(after, history.state), cursor]),
    back: () => go(wayTo(after, history.state).slice(0, -1)),
    restart: () => go([], true),
  };
}

/** The cursors passed up to this one, as the browser's history has them. */
export function wayTo(after: string | null, state: unknown): readonly string[] {
  if (after === null) return [];
  const { cursors } = (state ?? {}) as { cursors?: unknown };
  const isWay = Array.isArray(cursors) && cursors.at(-1) === after && cursors.every((each) => typeof each === 'string');
  return isWay ? cursors : [after];
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export function Pager({ pages, info }: { pages: Pages; info: PageInfo }) {
  const { t } = useWords();
  const nav = useRef<HTMLElement>(null);
  if (pages.isFirst && !info.hasNextPage) return null;
  /** A page begins at its first row. */
  function go(to: () => void) {
    to();
    nav.current?.parentElement?.scrollIntoView({ block: 'start' });
  }
  return (
    <nav ref={nav} className="pager" aria-label={t(words.pages)}>
      <Button onPress={() => go(pages.back)} isDisabled={pages.isFirst}>
        {t(words.previous)}
      </Button>
      <Button onPress={() => go(() => pages.next(info.endCursor))} isDisabled={!info.hasNextPage}>
        {t(words.next)}
      </Button>
    </nav>
  );
}
