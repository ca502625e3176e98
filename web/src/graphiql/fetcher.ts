import type { Fetcher } from '@graphiql/toolkit';

import { inLanguage } from '../i18n/language.tsx';
import { ask, askAsVisitor, failure, renewIfDue } from './ask.ts';
import { credentialsOf } from './credentials.ts';
import { events } from './events.ts';
import { fieldsOf, kindOf } from './kind.ts';
import { isWanted } from './question.ts';
import { words } from './words.ts';

/** Hears of mutations that have run: who is signed in may be another then. */
export const mutations = new EventTarget();

/** Runs an operation over HTTP, and a subscription over the socket, with the headers of the header editor. */
export const fetcher: Fetcher = async (operation, options) => {
  if (operation.operationName === 'IntrospectionQuery') return askAsVisitor(operation);
  const headers = options?.headers ?? {};
  const kind = kindOf(operation.query, operation.operationName);
  if (kind === 'subscription') {
    const credentials = credentialsOf(headers);
    if (!credentials) await renewIfDue();
    return events(operation, credentials);
  }
  if (kind === 'mutation' && !(await isWanted(fieldsOf(operation.query, operation.operationName)))) {
    return failure(inLanguage(words.notRun));
  }
  try {
    return await ask(operation, headers);
  } catch (error) {
    // A header that cannot be sent.
    return failure(String(error));
  } finally {
    if (kind === 'mutation') mutations.dispatchEvent(new Event('run'));
  }
};
