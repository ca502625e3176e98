import type { FetcherParams, Observable } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';

import { socketUrl } from '../graphql/socket.ts';
import { inLanguage } from '../i18n/language.tsx';
import { closings, words } from './words.ts';

interface Sink {
  next(event: ExecutionResult): void;
  error(error: unknown): void;
  complete(): void;
}

/** What a subscription tells, over a socket of its own; unsubscribing closes it. */
export function events(
  operation: FetcherParams,
  credentials: Record<string, unknown> | null,
): Observable<ExecutionResult> {
  const subscribe = (sink: Sink) => {
    const socket = createClient({
      url: socketUrl,
      ...(credentials && { connectionParams: credentials }),
      // Whoever tries something out wants to see at once why it fails.
      retryAttempts: 0,
    });
    const unsubscribe = socket.subscribe(operation, {
      next: (event) => sink.next(event as ExecutionResult),
      error: (error) => sink.error(readable(error)),
      complete: () => sink.complete(),
    });
    return { unsubscribe };
  };
  return { subscribe } as Observable<ExecutionResult>;
}

/** Why a subscription ended, as GraphiQL shows it: GraphQL errors as they are, a closed socket in words. */
export function readable(error: unknown): unknown {
  if (Array.isArray(error)) return error;
  if (!isClosing(error)) return { message: inLanguage(words.unreachable) };
  const { code, reason } = error;
  const meaning = closings[code];
  const why = meaning ? inLanguage(meaning) : '';
  return { message: inLanguage(words.socketClosed)(why, `${code} ${reason}`.trim()) };
}

function isClosing(error: unknown): error is { code: number; reason: string } {
  return typeof error === 'object' && error !== null && 'code' in error && 'reason' in error;
}
