import type { CreateJobInput } from '../graphql/generated.ts';
import { recall, remember } from '../ui/memory.ts';

/** As long as the link of a verification mail works, in milliseconds. */
const DAY = 86_400_000;

/** Keeps a job that a visitor has written until they are signed in, maybe in another tab. */
export function letWait(input: CreateJobInput, now = Date.now()): void {
  remember('waiting', JSON.stringify({ input, until: now + DAY }));
}

/** Whether a job waits; it stays where it is. */
export function doesWait(now = Date.now()): boolean {
  return waiting(now) !== null;
}

/** The job that waits, which is whoever’s takes it: it is sent once. */
export function takeWaiting(now = Date.now()): CreateJobInput | null {
  const taken = waiting(now);
  remember('waiting', null);
  return taken;
}

function waiting(now: number): CreateJobInput | null {
  try {
    const { input, until } = JSON.parse(recall('waiting') ?? '{}') as { input?: CreateJobInput; until?: number };
    return input && until !== undefined && now < until ? input : null;
  } catch {
    return null;
  }
}
