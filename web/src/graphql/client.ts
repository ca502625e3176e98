import { authExchange } from '@urql/exchange-auth';
import { createClient as createSocket } from 'graphql-ws';
import {
  cacheExchange,
  Client,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
} from 'urql';

import { liveness } from './live.ts';
import { isSignedOut, problemOf } from './problem.ts';
import { isRenewalDue, renew } from './renewal.ts';
import { socketUrl } from './socket.ts';

export interface Gateway {
  client: Client;
  /** Closes the socket. */
  close(): void;
}

/** A client with an empty cache, for one person and one language. */
export function connect(language: string, onSignedOut: () => void): Gateway {
  const socket = createSocket({
    url: socketUrl,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    async retryWait(retries) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** retries, 30_000)));
      if (isRenewalDue()) await renew(language).catch(() => false);
    },
    on: { connected: liveness.connected, closed: liveness.closed },
  });
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: { 'Accept-Language': language } },
    exchanges: [
      mapExchange({
        onError(error) {
          if (isSignedOut(problemOf(error))) onSignedOut();
        },
      }),
      cacheExchange,
      authExchange(async () => ({
        addAuthToOperation: (operation) => operation,
        willAuthError: isRenewalDue,
        didAuthError: (error) => isSignedOut(problemOf(error)),
        refreshAuth: async () => void (await renew(language).catch(() => false)),
      })),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, variables: variables as Record<string, unknown> },
              sink as Parameters<typeof socket.subscribe>[1],
            ),
          }),
        }),
      }),
    ],
  });
  return { client, close: () => void socket.dispose() };
}
