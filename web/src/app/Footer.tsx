import type { ReactNode } from 'react';

import { below } from '../base.ts';
import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

/** Where programs find what the pages show; and what else a page has at its end. */
export function Footer({ children }: { children?: ReactNode }) {
  const { t } = useWords();
  return (
    <footer className="foot">
      {children}
      <nav className="foot-links" aria-label={t(words.forDevelopers)}>
        <span>{t(words.forDevelopers)}</span>
        <a href={below('/docs')}>{t(words.docs)}</a>
        <a href={below('/graphql')}>GraphiQL</a>
        <a href={below('/openapi.json')}>OpenAPI</a>
      </nav>
    </footer>
  );
}
