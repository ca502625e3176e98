import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { type AnyVariables, useClient, useQuery } from 'urql';

import { isPassing, type Problem, problemOf } from './problem.ts';

export interface Loaded<Data> {
  data: Data | undefined;
  problem: Problem | null;
  loading: boolean;
  reload(): void;
}

/**
 * Asks, shows what is known meanwhile, and asks again when the network returns. What was known stays when
 * there is no answer now.
 */
export function useLoad<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Loaded<Data> {
  const [{ data, error, fetching, stale }, execute] = useQuery({ query, variables });
  const reload = () => execute({ requestPolicy: 'network-only' });
  const onOnline = useEffectEvent(reload);
  useEffect(() => {
    const listener = () => onOnline();
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  }, []);
  const problem = useMemo(() => (error ? problemOf(error) : null), [error]);
  const key = JSON.stringify(variables);
  const [known, setKnown] = useState<{ key: string; data: Data } | null>(null);
  if (data && data !== known?.data) setKnown({ key, data });
  const old = problem && isPassing(problem) && known?.key === key ? known.data : undefined;
  return { data: data ?? old, problem, loading: fetching || stale, reload };
}

export interface Action<Data, Variables> {
  /** Resolves with nothing if it failed; `problem` says why. */
  run(variables: Variables): Promise<Data | undefined>;
  pending: boolean;
  problem: Problem | null;
  /** Forgets the last problem, as when a dialog opens anew. */
  reset(): void;
}

/**
 * A mutation and how it is going. `onConflict` is told, in place of a problem, that somebody else was
 * faster: what the page shows is no more.
 */
export function useAction<Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  onConflict?: () => void,
): Action<Data, Variables> {
  const client = useClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    pending,
    problem,
    reset: () => setProblem(null),
    async run(variables) {
      setPending(true);
      setProblem(null);
      const { data, error } = await client.mutation(mutation, variables).toPromise();
      setPending(false);
      const found = error ? problemOf(error, variables) : null;
      if (onConflict && found?.code === 'CONFLICT') onConflict();
      else setProblem(found);
      return error ? undefined : data;
    },
  };
}
