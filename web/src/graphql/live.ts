import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { type AnyVariables, useSubscription } from 'urql';

type State = 'idle' | 'live' | 'interrupted';

let state: State = 'idle';
const watchers = new Set<() => void>();
const returns = new Set<() => void>();

function become(next: State) {
  const came = state === 'interrupted' && next === 'live';
  state = next;
  for (const watcher of watchers) watcher();
  if (came) for (const tell of returns) tell();
}

/** What the socket tells of itself. */
export const liveness = {
  connected: () => become('live'),
  /** 1000: nothing is listened to any more. */
  closed: (event: unknown) =>
    become(event instanceof CloseEvent && event.code === 1000 ? 'idle' : 'interrupted'),
};

export function useLiveness(): State {
  return useSyncExternalStore(watch, () => state);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Calls `onNews` some moments after events, and after a gap in which there may have been some. */
export function useNews<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onNews: () => void,
): void {
  const [{ data }] = useSubscription({ query, variables });
  const tell = useEffectEvent(onNews);
  useEffect(() => {
    if (!data) return undefined;
    // Events that come together are looked up together.
    const timer = setTimeout(() => tell(), 150);
    return () => clearTimeout(timer);
  }, [data]);
  useEffect(() => {
    const listener = () => tell();
    returns.add(listener);
    return () => void returns.delete(listener);
  }, []);
}
