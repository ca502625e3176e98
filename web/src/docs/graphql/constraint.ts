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
  if (low == null && high == null) return null;
  if (low == null) return `≤ ${String(high)}`;
  return high == null ? `≥ ${String(low)}` : `${String(low)}–${String(high)}`;
}
