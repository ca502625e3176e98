import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { Footer } from '../app/Footer.tsx';
import { Preferences } from '../app/Preferences.tsx';
import { below } from '../base.ts';
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
  const here = PAGES.find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
  const links = PAGES.map(({ to, label }) => (
    <Link key={to} href={to} aria-current={to === here?.to ? 'page' : undefined}>
      {t(label)}
    </Link>
  ));
  return (
    <div className="shell docs">
      <a className="skip button" href="#main">
        {t(words.skip)}
      </a>
      <header className="top">
        <div className="top-inner">
          <Link href="/" className="brand">
            <img src={icon} alt="" />
            找幫手 {t(words.docs)}
          </Link>
          <div className="top-actions">
            <a className="button button-quiet" href={below('/app/')}>
              {t(words.portal)}
            </a>
            <a className="button button-quiet" href={below('/graphql')}>
              GraphiQL
            </a>
          </div>
        </div>
        {/* A new page begins with a closed menu. */}
        <details key={path} className="docs-menu">
          <summary>{t(here?.label ?? words.menu)}</summary>
          <nav aria-label={t(words.menu)}>{links}</nav>
        </details>
      </header>
      <div className="docs-columns">
        <nav className="docs-side" aria-label={t(words.menu)}>
          {links}
        </nav>
        <main id="main" className="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Footer>
        <Preferences />
      </Footer>
    </div>
  );
}
