import type { CombinedError } from 'urql';

import { type Both, inLanguage } from '../i18n/language.tsx';

/** Why an operation failed, as pages show it. */
export interface Problem {
  /** `extensions.code`, or `OFFLINE` when no answer came. */
  code: string;
  message: string;
  /** Messages by the name of the input field. */
  fields: Record<string, readonly string[]>;
  /** Seconds until it is worth another try. */
  retryAfter: number | null;
}

interface Extensions {
  code?: string;
  fields?: readonly { path: string; message: string }[];
  retryAfter?: number;
}

interface Variables {
  input?: Record<string, unknown>;
}

/** No answer came, or none that says anything. */
export const UNREACHABLE: Problem = { code: 'OFFLINE', message: '', fields: {}, retryAfter: null };

/** `variables` are those that were sent: they name what was wrong in a list. */
export function problemOf(error: CombinedError, variables?: unknown): Problem {
  const [first] = error.graphQLErrors;
  if (!first) {
    return { ...UNREACHABLE, message: error.message };
  }
  const extensions: Extensions = first.extensions;
  return {
    code: extensions.code ?? 'INTERNAL_ERROR',
    message: first.message,
    fields: byField(extensions.fields ?? [], (variables as Variables | undefined)?.input ?? {}),
    retryAfter: extensions.retryAfter ?? null,
  };
}

/** `networks[1]` and the like are told at the field that holds the list, each entry once and by its text. */
function byField(fields: NonNullable<Extensions['fields']>, input: Record<string, unknown>) {
  const found: Record<string, string[]> = {};
  for (const { path, message } of fields) {
    const [name = '', index] = path.replace(/^input\./, '').split(/[[\]]/);
    const list = input[name];
    const entry: unknown = index && Array.isArray(list) ? list[Number(index)] : undefined;
    const told = typeof entry === 'string' ? inLanguage(ENTRY)(entry, message) : message;
    const messages = (found[name] ??= []);
    if (!messages.includes(told)) messages.push(told);
  }
  return found;
}

const ENTRY: Both<(entry: string, message: string) => string> = [
  (entry, message) => `「${entry}」${message}`,
  (entry, message) => `“${entry}” ${message}`,
];

export function isSignedOut(problem: Pick<Problem, 'code'>): boolean {
  return problem.code === 'UNAUTHORIZED' || problem.code === 'TOKEN_EXPIRED';
}

/** It says nothing of what was asked for, and may be over soon. */
export function isPassing(problem: Problem): boolean {
  return problem.code === 'OFFLINE' || problem.retryAfter !== null;
}

/** It was asked for by an identifier that nothing can have. */
export function isNoId(problem: Problem): boolean {
  return problem.code === 'INVALID_REQUEST' && ('id' in problem.fields || 'by.id' in problem.fields);
}

/** A list was narrowed to a district that is none, or none of its city. */
export function isNoDistrict(problem: Problem): boolean {
  return problem.code === 'INVALID_REQUEST' && 'filter.district' in problem.fields;
}

/** The page of a list was asked for by a cursor that is none of the list. */
export function isNoPage(problem: Problem): boolean {
  return problem.code === 'INVALID_REQUEST' && 'after' in problem.fields;
}

/** Refused credentials, told at the field that asks for them. */
export function toldAt(problem: Problem | null, field: string, message: string): Problem | null {
  if (problem?.code !== 'INVALID_CREDENTIALS') return problem;
  return { ...problem, fields: { [field]: [message] } };
}
