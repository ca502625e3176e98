import { Fragment } from 'react';
import { Link } from 'wouter';
import { below } from '../base.ts';

/** A code span, a link, bold text. */
const SPANS = /(`[^`]+`|\[[^\]]+\]\([^)\s]+\)|\*\*[^*]+\*\*)/;

/** Paragraphs with code spans, links and bold text, written as in Markdown. */
export function Prose({ children, lang }: { children: string; lang?: string }) {
  return children.split(/\n{2,}/).map((paragraph, index) => (
    <p key={index} lang={lang}>
      <Inline>{paragraph}</Inline>
    </p>
  ));
}

/** The same within one line. */
export function Inline({ children }: { children: string }) {
  return children.split(SPANS).map((span, index) => <Fragment key={index}>{element(span)}</Fragment>);
}

function element(span: string) {
  if (/^`.+`$/s.test(span)) return <code>{span.slice(1, -1)}</code>;
  if (/^\*\*.+\*\*$/s.test(span)) return <strong>{span.slice(2, -2)}</strong>;
  const link = /^\[(.+)\]\((.+)\)$/s.exec(span);
  return link ? <Anywhere to={link[2] ?? ''}>{link[1] ?? ''}</Anywhere> : span;
}

/** A link to a page of the documentation, or to whatever else the gateway has. */
function Anywhere({ to, children }: { to: string; children: string }) {
  if (!/^\/docs(\/|$)/.test(to)) return <a href={to.startsWith('/') ? below(to) : to}>{children}</a>;
  return <Link href={to.slice('/docs'.length) || '/'}>{children}</Link>;
}
