import type { FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, GraphQLError } from 'graphql';

import { below } from '../base.ts';
import { isSignedOut } from '../graphql/problem.ts';
import { isRenewalDue, renew } from '../graphql/renewal.ts';
import { chosenLanguage, inLanguage } from '../i18n/language.tsx';
import { credentialsOf } from './credentials.ts';
import { words } from './words.ts';

/** Asks the gateway as the portal does, by cookies that are renewed; or by credentials among the headers. */
export async function ask(operation: FetcherParams, given: Record<string, string> = {}): Promise<ExecutionResult> {
  const headers = headersOf(given);
  if (credentialsOf(given)) return post(operation, headers, 'omit');
  await renewIfDue();
  const answer = await post(operation, headers, 'same-origin');
  const refused = answer.errors?.some((error) => isSignedOut({ code: String(error.extensions?.['code']) }));
  return refused && (await renewed()) ? post(operation, headers, 'same-origin') : answer;
}

/** Asks as a visitor: the schema is the same for all, and stays readable when credentials are refused. */
export function askAsVisitor(operation: FetcherParams): Promise<ExecutionResult> {
  return post(operation, headersOf({}), 'omit');
}

/** What an answer looks like that tells only why there is none. */
export function failure(message: string): ExecutionResult {
  return { errors: [new GraphQLError(message)] };
}

/** Renews the access cookie of the portal's session shortly before it ends. */
export async function renewIfDue(): Promise<void> {
  if (isRenewalDue()) await renewed();
}

function renewed(): Promise<boolean> {
  return renew(chosenLanguage()).catch(() => false);
}

function headersOf(given: Record<string, string>): Headers {
  const headers = new Headers(given);
  if (!headers.has('Accept-Language')) headers.set('Accept-Language', chosenLanguage());
  headers.set('Accept', 'application/graphql-response+json, application/json');
  headers.set('Content-Type', 'application/json');
  return headers;
}

async function post(
  operation: FetcherParams,
  headers: Headers,
  credentials: RequestCredentials,
): Promise<ExecutionResult> {
  let response: Response;
  try {
    response = await fetch(below('/graphql'), {
      method: 'POST',
      credentials,
      headers,
      body: JSON.stringify(operation),
    });
  } catch {
    return failure(inLanguage(words.unreachable));
  }
  try {
    return await (response.json() as Promise<ExecutionResult>);
  } catch {
    // A proxy in between answers for itself.
    return failure(inLanguage(words.notJson)(`${response.status} ${response.statusText}`.trim()));
  }
}
