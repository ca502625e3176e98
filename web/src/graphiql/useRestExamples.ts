import { useEffect, useState } from 'react';

import { below } from '../base.ts';
import type { Example } from './examples.ts';
import { type Description, restExamples } from './restExamples.ts';

export interface RestExamples {
  /** Null until they are there. */
  examples: Example[] | null;
  failed: boolean;
  retry(): void;
}

/** The documents of the REST API, as the gateway describes it. */
export function useRestExamples(): RestExamples {
  const [examples, setExamples] = useState<Example[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(setExamples, () => setFailed(!stop.signal.aborted));
    return () => stop.abort();
  }, [round]);
  const retry = () => {
    setFailed(false);
    setRound(round + 1);
  };
  return { examples, failed, retry };
}

async function load(signal: AbortSignal): Promise<Example[]> {
  const response = await fetch(below('/openapi.json'), { credentials: 'omit', signal });
  if (!response.ok) throw new Error(response.statusText);
  return restExamples((await response.json()) as Description);
}
