import { type ReactNode, useEffect } from 'react';
import { useLocationProperty } from 'wouter/use-browser-location';

import { useWords } from '../i18n/language.tsx';
import { Page } from '../ui/Page.tsx';
import { Prose } from './Prose.tsx';
import { words } from './words.ts';

export interface Part {
  /** Its anchor. */
  id: string;
  title: string;
  /** Below the part before. */
  sub?: boolean;
  /** The title is a name in code. */
  code?: boolean;
  body: ReactNode;
}

interface Props {
  title: string;
  lead?: string;
  /** Between the lead and the parts. */
  children?: ReactNode;
  parts: readonly Part[];
  /** Many short parts. */
  dense?: boolean;
}

/** A page of parts that have anchors, with a list of them beside it. */
export function Article({ title, lead, children, parts, dense = false }: Props) {
  const { t } = useWords();
  useLandingAtAnchor(title);
  return (
    <Page title={title}>
      <div className={dense ? 'article article-dense' : 'article'}>
        <div className="article-body">
          {lead ? (
            <div className="lead">
              <Prose>{lead}</Prose>
            </div>
          ) : null}
          {children}
          {parts.map(({ id, title: heading, sub, code, body }) => (
            <section key={id} className="part" aria-labelledby={id}>
              <Heading id={id} level={sub ? 3 : 2} code={code}>
                {heading}
              </Heading>
              {body}
            </section>
          ))}
        </div>
        {parts.length > 1 ? (
          <nav className="on-page" aria-labelledby="on-page">
            <p id="on-page">{t(words.onPage)}</p>
            <ul>
              {parts.map(({ id, title: heading, sub }) => (
                <li key={id} className={sub ? 'on-page-sub' : undefined}>
                  <a href={`#${id}`}>{heading}</a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
      </div>
    </Page>
  );
}

interface HeadingProps {
  id: string;
  level: 2 | 3;
  code?: boolean | undefined;
  children: string;
}

/** A heading that can be linked to. */
function Heading({ id, level, code, children }: HeadingProps) {
  const Tag = `h${level}` as const;
  return (
    <div className="heading">
      <Tag id={id} tabIndex={-1}>
        {code ? <code>{children}</code> : children}
      </Tag>
      <AnchorLink id={id} to={children} />
    </div>
  );
}

export function AnchorLink({ id, to }: { id: string; to: string }) {
  const { t } = useWords();
  return (
    <a className="anchor" href={`#${id}`} aria-label={`${t(words.linkTo)} ${to}`}>
      #
    </a>
  );
}

/** A browser looks for the anchor of an address before the page is there: go there once it is. */
function useLandingAtAnchor(page: string) {
  const hash = useLocationProperty(() => location.hash);
  useEffect(() => {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, [page, hash]);
}
