import type { Fetcher } from '@graphiql/toolkit';

/** Sends an operation to this gateway (GraphQL over HTTP), with the headers of the header editor. */
export const fetcher: Fetcher = async (operation, options) => {
  const headers = new Headers(options?.headers);
  headers.set('Accept', 'application/graphql-response+json, application/json');
  headers.set('Content-Type', 'application/json');
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: JSON.stringify(operation),
  });
  if (!response.headers.get('Content-Type')?.includes('json')) {
    // A proxy in between answers for itself.
    throw new Error(`${response.status} ${response.statusText}`);
  }
  return response.json();
};
