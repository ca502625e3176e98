import { getDirectiveValues, type GraphQLArgument, type GraphQLInputField } from 'graphql';

import { schema } from './schema.ts';

export interface Constraint {
  /** Characters of a text, at least and at most. */
  length: string | null;
  range: string | null;
  format: string | null;
}

/** What `@constraint` says of an argument or an input field. */
export function constraintOf({ astNode }: GraphQLArgument | GraphQLInputField): Constraint | null {
  const directive = schema.getDirective('constraint');
  const values = directive && astNode && getDirectiveValues(directive, astNode);
  if (!values) return null;
  const { minLength, maxLength, min, max, format } = values;
  return {
    length: between(minLength, maxLength),
    range: between(min, max),
    format: typeof format === 'string' ? format : null,
  };
}

function between(low: unknown, high: unknown): string | null {
  const least = typeof low === 'number' ? String(low) : null;
  const most = typeof high === 'number' ? String(high) : null;
  if (least === null) return most === null ? null : `≤ ${most}`;
  return most === null ? `≥ ${least}` : `${least}–${most}`;
}
