import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
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
  closed: (event: unknown) => become(event instanceof CloseEvent && event.code === 1000 ? 'idle' : 'interrupted'),
};

export function useLiveness(): State {
  return useSyncExternalStore(watch, () => state);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Milliseconds in which events come together. */
const TOGETHER = 150;

interface News<Data> {
  concerns?(news: Data): boolean;
  /** Milliseconds between two calls at least: each costs its reader a request. */
  pause?: number;
}

/**
 * Calls `onNews` some moments after events that concern the page, and after a gap in which there may
 * have been some.
 */
export function useNews<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onNews: () => void,
  { concerns = () => true, pause = 1000 }: News<Data> = {},
): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  const isMissed = useRef(false);
  /** `tell` for the timer: effects alone may call it. */
  const onTime = useRef<() => void>(undefined);
  const tell = useEffectEvent(() => {
    timer.current = undefined;
    // Nobody looks: what a reader may ask in a minute is shared by all tabs.
    isMissed.current = document.visibilityState === 'hidden';
    if (isMissed.current) return;
    last.current = Date.now();
    onNews();
  });
  useSubscription({ query, variables }, (_, news) => {
    const wait = Math.max(TOGETHER, last.current + pause - Date.now());
    if (concerns(news)) timer.current ??= setTimeout(() => onTime.current?.(), wait);
    return news;
  });
  useEffect(() => {
    const listener = () => tell();
    const look = () => void (isMissed.current && tell());
    onTime.current = listener;
    returns.add(listener);
    document.addEventListener('visibilitychange', look);
    return () => {
      returns.delete(listener);
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer.current);
    };
  }, []);
}

/** Calls `onEach` with every event, and `onGap` after a gap in which there may have been some. */
export function useEvents<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onEach: (news: Data) => void,
  onGap: () => void,
): void {
  const tell = useEffectEvent(onGap);
  useSubscription({ query, variables }, (_, news) => {
    onEach(news);
    return news;
  });
  useEffect(() => {
    const listener = () => tell();
    returns.add(listener);
    return () => {
      returns.delete(listener);
    };
  }, []);
}
