import { getNamedType, type GraphQLType } from 'graphql';
import { Link } from 'wouter';

import { hasPage, type Place } from './schema.ts';

/** A type as it is written, `[Job!]!`; its name leads to its page. */
export function TypeLink({ type }: { type: GraphQLType }) {
  const named = getNamedType(type);
  const [before, after] = String(type).split(named.name);
  return (
    <code className="type">
      {before}
      {hasPage(named) ? <Link href={`/graphql/${named.name}`}>{named.name}</Link> : named.name}
      {after}
    </code>
  );
}

/** Links to places, side by side. */
export function Places({ places }: { places: readonly Place[] }) {
  return (
    <ul className="places">
      {places.map(({ name, to }) => (
        <li key={to}>
          <Link href={to}>
            <code>{name}</code>
          </Link>
        </li>
      ))}
    </ul>
  );
}
