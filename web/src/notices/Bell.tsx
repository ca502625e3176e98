import './bell.css';

import { useState } from 'react';
import { Link, useLocation } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/Icon.tsx';
import { onBell } from './badge.ts';
import { useUnread } from './unread.ts';
import { words } from './words.ts';

const BELL = 'M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20a2 2 0 0 0 4 0';

/** The way to the notices, with the number of those that are unread. */
export function Bell() {
  const { t, total } = useWords();
  const [path] = useLocation();
  const count = useUnread();
  const name = count ? t(words.unread)(total(count)) : t(words.title);
  return (
    <>
      <Link href="/notices" className="bell" aria-label={name} aria-current={path === '/notices' ? 'page' : undefined}>
        <Icon path={BELL} />
        {count ? (
          <span className="bell-count" aria-hidden="true">
            {onBell(count)}
          </span>
        ) : null}
      </Link>
      <Coming count={count} />
    </>
  );
}

/** Says aloud that one has come, but nothing of those that were there before the page. */
function Coming({ count }: { count: number | undefined }) {
  const { t, total } = useWords();
  const [last, setLast] = useState(count);
  const [came, setCame] = useState(false);
  if (count !== undefined && count !== last) {
    setLast(count);
    setCame(last !== undefined && count > last);
  }
  return (
    <span role="status" className="visually-hidden">
      {came && count ? t(words.came)(total(count)) : ''}
    </span>
  );
}
