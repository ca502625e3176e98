import { below } from '../base.ts';
import { onRememberedElsewhere, recall, remember } from '../ui/memory.ts';
import { isSignedOut } from './problem.ts';

const QUERY = 'mutation Renew { refreshToken(input: {}) { expiresIn } }';
/** A cookie is renewed this long before it ends. */
const MARGIN = 60_000;

let running: Promise<boolean> | null = null;

/** Notes that the access cookie was given for these seconds. */
export function noteAccess(seconds: number): void {
  remember('access-until', String(Date.now() + seconds * 1000));
}

export function forgetAccess(): void {
  remember('access-until', null);
}

/** Whether somebody was signed in here, as far as this browser knows. */
export function isNoted(): boolean {
  return recall('access-until') !== null;
}

/**
 * Tells when another tab has signed in (true), or has signed out or found the session ended (false); a
 * renewal is no news. Returns what ends the telling.
 */
export function onAccessElsewhere(listener: (isSignedIn: boolean) => void): () => void {
  return onRememberedElsewhere('access-until', (before, after) => {
    if ((before === null) !== (after === null)) listener(after !== null);
  });
}

/** Whether this browser was signed in and its access cookie has ended, or is about to. */
export function isRenewalDue(): boolean {
  return isDue(recall('access-until'), Date.now());
}

export function isDue(until: string | null, now: number): boolean {
  return until !== null && Number(until) - MARGIN < now;
}

/**
 * Renews the cookies once, however many ask at the same time. False: there is no session to renew, and
 * the gateway has taken the cookies back. Fails if no answer says so.
 */
export function renew(language: string): Promise<boolean> {
  running ??= request(language).finally(() => {
    running = null;
  });
  return running;
}

async function request(language: string): Promise<boolean> {
  const response = await fetch(below('/graphql'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { refreshToken?: { expiresIn: number } } | null;
    errors?: { extensions?: { code?: string } }[];
  };
  if (data?.refreshToken) {
    noteAccess(data.refreshToken.expiresIn);
    return true;
  }
  const code = errors?.[0]?.extensions?.code ?? '';
  // A used-up limit or a fault says nothing of the session.
  if (!isSignedOut({ code })) throw new Error(`the renewal was answered ${response.status} ${code}`);
  forgetAccess();
  return false;
}
