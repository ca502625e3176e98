import type { Call } from './call.ts';

type Header = readonly [name: string, value: string];

/** What came back. */
export interface Reply {
  status: number;
  /** Empty in HTTP/2. */
  reason: string;
  milliseconds: number;
  /** What tells of limits. */
  limits: readonly Header[];
  headers: readonly Header[];
  body: string;
  /** Seconds until it is worth another try. */
  retryAfter: number | null;
}

const LIMITS = [
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'ratelimit',
  'ratelimit-policy',
];

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
    ...apart([...response.headers]),
    body: text,
    retryAfter: secondsOf(response.headers.get('Retry-After')),
  };
}

/** What tells of limits, in the order in which one reads it, apart from the other headers. */
export function apart(headers: readonly Header[]): Pick<Reply, 'limits' | 'headers'> {
  const limits = LIMITS.flatMap((limit) => headers.filter(([name]) => name.toLowerCase() === limit));
  return { limits, headers: headers.filter((header) => !limits.includes(header)) };
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
