import type { Call } from './call.ts';

/** What came back. */
export interface Reply {
  status: number;
  /** Empty in HTTP/2. */
  reason: string;
  milliseconds: number;
  /** What tells of limits first. */
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
  /** Seconds until it is worth another try. */
  retryAfter: number | null;
}

const FIRST = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'ratelimit', 'ratelimit-policy'];

/** Sends a call without the cookies of this site; rejects if no answer comes. */
export async function send({ method, url, headers, body }: Call): Promise<Reply> {
  const begin = performance.now();
  const response = await fetch(url, {
    method,
    headers: headers.map(([name, value]) => [name, value]),
    body,
    credentials: 'omit',
    cache: 'no-store',
  });
  const text = await response.text();
  return {
    status: response.status,
    reason: response.statusText,
    milliseconds: Math.round(performance.now() - begin),
    headers: limitsFirst([...response.headers]),
    body: text,
    retryAfter: secondsOf(response.headers.get('Retry-After')),
  };
}

export function limitsFirst<Pair extends readonly [string, string]>(headers: readonly Pair[]): Pair[] {
  const rank = ([name]: Pair) => {
    const place = FIRST.indexOf(name.toLowerCase());
    return place < 0 ? FIRST.length : place;
  };
  return [...headers].sort((one, other) => rank(one) - rank(other));
}

/** JSON with line breaks; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The access token that signing in or renewing has answered. */
export function tokenOf({ status, body }: Reply): string | null {
  if (status >= 300) return null;
  try {
    const answer: unknown = JSON.parse(body);
    const token = (answer as { data?: { token?: unknown } | null } | null)?.data?.token;
    return typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}

function secondsOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
