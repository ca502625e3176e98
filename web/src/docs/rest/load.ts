import { useEffect, useEffectEvent, useState } from 'react';

import { below } from '../../base.ts';
import type { Problem } from '../../graphql/problem.ts';
import type { Loaded } from '../../graphql/use.ts';
import { dereference, type Description } from './openapi.ts';

/** The gateway's description of itself; asked for again when the network returns. */
export function useDescription(): Loaded<Description> {
  const [data, setData] = useState<Description>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(1);
  const reload = () => {
    setProblem(null);
    setTries((before) => before + 1);
  };
  const onOnline = useEffectEvent(() => problem && reload());
  useEffect(() => {
    const stop = new AbortController();
    read(stop.signal).then(setData, (error: unknown) => {
      if (!stop.signal.aborted) setProblem(problemOf(error));
    });
    return () => stop.abort();
  }, [tries]);
  useEffect(() => {
    const listener = () => onOnline();
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  }, []);
  return { data, problem, loading: !data && !problem, reload };
}

async function read(signal: AbortSignal): Promise<Description> {
  const response = await fetch(below('/openapi.json'), { signal, credentials: 'omit' });
  if (!response.ok) throw new Refused(`${response.status} ${response.statusText}`.trim());
  return dereference((await response.json()) as Description);
}

class Refused extends Error {}

function problemOf(error: unknown): Problem {
  const code = error instanceof Refused ? 'REFUSED' : 'OFFLINE';
  return { code, message: error instanceof Error ? error.message : '', fields: {}, retryAfter: null };
}
