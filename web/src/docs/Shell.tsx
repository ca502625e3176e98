import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { Footer } from '../app/Footer.tsx';
import { useWords } from '../i18n/language.tsx';
import icon from '../icon.svg';
import { words } from './words.ts';

const PAGES = [
  { to: '/', label: words.quickStart },
  { to: '/rest', label: words.rest },
  { to: '/graphql', label: words.graphql },
  { to: '/errors', label: words.errors },
  { to: '/limits', label: words.limits },
  { to: '/changelog', label: words.changelog },
];

/** What stands around every page of the documentation. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [path] = useLocation();
  const isHere = (to: string) => path === to || (to !== '/' && path.startsWith(`${to}/`));
  return (
    <div className="shell">
      <a className="skip button" href="#main">
        {t(words.skip)}
      </a>
      <header className="top">
        <div className="top-inner">
          <a href="/app/" className="brand">
            <img src={icon} alt="" />
            找幫手
          </a>
          <nav className="nav" aria-label={t(words.menu)}>
            {PAGES.map(({ to, label }) => (
              <Link key={to} href={to} aria-current={isHere(to) ? 'page' : undefined}>
                {t(label)}
              </Link>
            ))}
          </nav>
        </div>
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  );
}
