import { useState } from 'react';

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

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export function Pager({ pages, info }: { pages: Pages; info: PageInfo }) {
  const { t } = useWords();
  if (pages.isFirst && !info.hasNextPage) return null;
  return (
    <nav className="pager" aria-label={t(words.pages)}>
      <Button onPress={pages.back} isDisabled={pages.isFirst}>
        {t(words.previous)}
      </Button>
      <Button onPress={() => pages.next(info.endCursor)} isDisabled={!info.hasNextPage}>
        {t(words.next)}
      </Button>
    </nav>
  );
}
