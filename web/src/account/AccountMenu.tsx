import './account.css';

import { Link, useLocation } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { words } from './accountWords.ts';

/** The ways between the pages about one's own account. */
export function AccountMenu() {
  const { t } = useWords();
  const [path] = useLocation();
  const parts = [
    ['/account', t(words.profile)],
    ['/account/second-factor', t(words.secondFactor)],
    ['/account/sessions', t(words.sessions)],
    ['/account/activity', t(words.activity)],
  ] as const;
  return (
    <nav className="tabs" aria-label={t(words.parts)}>
      {parts.map(([to, label]) =>
        path === to ? (
          <Link key={to} href={to} aria-current="page" ref={show}>
            {label}
          </Link>
        ) : (
          <Link key={to} href={to}>
            {label}
          </Link>
        ),
      )}
    </nav>
  );
}

/** On a narrow screen the list scrolls by itself. */
function show(link: HTMLAnchorElement | null) {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
