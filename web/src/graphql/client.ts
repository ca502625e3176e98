import { authExchange } from '@urql/exchange-auth';
import { createClient as createSocket } from 'graphql-ws';
import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';

import { below } from '../base.ts';
import { ViewerDocument } from './generated.ts';
import { liveness } from './live.ts';
import { isSignedOut, problemOf } from './problem.ts';
import { isNoted, isRenewalDue, renew } from './renewal.ts';
import { socketUrl } from './socket.ts';

/** Codes of the gateway: the credentials were refused, or are good no more. */
const SHUT_OUT = [4401, 4403];
/** Codes after which the socket does not connect again by itself: too many sockets, and a fault. */
const TURNED_AWAY = [4429, 4500];
/** Milliseconds between two tries to get in again after those. */
const PATIENCE = 30_000;

let lastTry = -PATIENCE;

export interface Gateway {
  client: Client;
  /** Closes the socket. */
  close(): void;
}

interface Listener {
  /** The session has ended; told once. */
  onEnded(): void;
  /** The socket was closed for want of access, which is there again: all is to begin anew. */
  onReadmitted(): void;
}

/** A client with an empty cache, for one person and one language. */
export function connect(language: string, listener: Listener): Gateway {
  let hasEnded = false;
  let isClosed = false;
  function end() {
    if (!hasEnded) listener.onEnded();
    hasEnded = true;
  }
  async function renewOrEnd() {
    const wasSignedIn = isNoted();
    const lives = await renew(language).catch(() => true);
    if (!lives && wasSignedIn) end();
  }
  /** Any question finds out: what is over is renewed, or ends. */
  async function comeBack() {
    let isAnswered = false;
    while (!isClosed && !isAnswered) {
      await pause(Math.max(0, lastTry + PATIENCE - performance.now()));
      lastTry = performance.now();
      const asked = client.query(ViewerDocument, {}, { requestPolicy: 'network-only' });
      isAnswered = Boolean((await asked.toPromise()).data);
    }
    if (!isClosed) listener.onReadmitted();
  }
  const socket = createSocket({
    url: socketUrl,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    async retryWait(retries) {
      await pause(Math.min(1000 * 2 ** retries, 30_000));
      if (isRenewalDue()) await renewOrEnd();
    },
    on: {
      connected: liveness.connected,
      closed(event) {
        liveness.closed(event);
        if (event instanceof CloseEvent && [...SHUT_OUT, ...TURNED_AWAY].includes(event.code)) void comeBack();
      },
    },
  });
  const client = new Client({
    url: below('/graphql'),
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: { 'Accept-Language': language } },
    exchanges: [
      mapExchange({
        onError(error) {
          // Where the renewal was not answered, nobody knows of an end.
          if (isSignedOut(problemOf(error)) && !isRenewalDue()) end();
        },
      }),
      cacheExchange,
      authExchange(() =>
        Promise.resolve({
          addAuthToOperation: (operation) => operation,
          willAuthError: isRenewalDue,
          didAuthError: (error) => isSignedOut(problemOf(error)),
          refreshAuth: renewOrEnd,
        }),
      ),
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
  function close() {
    isClosed = true;
    void socket.dispose();
  }
  return { client, close };
}

/** Waits, but no longer than until the network returns. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
  });
}
