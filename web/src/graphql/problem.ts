import type { CombinedError } from 'urql';

/** Why an operation failed, as pages show it. */
export interface Problem {
  /** `extensions.code`, or `OFFLINE` when no answer came. */
  code: string;
  message: string;
  /** Messages by the name of the input field. */
  fields: Record<string, string>;
  /** Seconds until it is worth another try. */
  retryAfter: number | null;
}

interface Extensions {
  code?: string;
  fields?: readonly { path: string; message: string }[];
  retryAfter?: number;
}

export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) {
    return { code: 'OFFLINE', message: error.message, fields: {}, retryAfter: null };
  }
  const extensions: Extensions = first.extensions;
  return {
    code: extensions.code ?? 'INTERNAL_ERROR',
    message: first.message,
    fields: byField(extensions.fields ?? []),
    retryAfter: extensions.retryAfter ?? null,
  };
}

/** `networks[1]` and the like are told at the field that holds the list. */
function byField(fields: NonNullable<Extensions['fields']>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, message } of fields) {
    const name = path.replace(/^input\./, '').replace(/\[\d+\].*$/, '');
    found[name] = found[name] ? `${found[name]} ${message}` : message;
  }
  return found;
}

export function isSignedOut(problem: Pick<Problem, 'code'>): boolean {
  return problem.code === 'UNAUTHORIZED' || problem.code === 'TOKEN_EXPIRED';
}

/** It says nothing of what was asked for, and may be over soon. */
export function isPassing(problem: Problem): boolean {
  return problem.code === 'OFFLINE' || problem.retryAfter !== null;
}

/** Refused credentials, told at the field that asks for them. */
export function toldAt(problem: Problem | null, field: string, message: string): Problem | null {
  if (problem?.code !== 'INVALID_CREDENTIALS') return problem;
  return { ...problem, fields: { [field]: message } };
}
