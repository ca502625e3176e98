import { below } from '../base.ts';

/** The document that a link to this page carries: `/graphql#query=…`; null without one. */
export function documentOf(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get('query');
}

/** A link that opens a document here; the part after `#` stays in the browser. */
export function linkTo(document: string): string {
  return `${below('/graphql')}#${new URLSearchParams({ query: document })}`;
}
