import { recall, remember } from '../ui/memory.ts';

/** The page to go to after signing in; never an address that a stranger's link names. */
export function pathAfterSignIn(next: string | null): string {
  const isOwnPath = next !== null && /^\/(?![/\\])/.test(next);
  return isOwnPath ? next : '/jobs';
}

/** Whether a path is that of a page beside the portal, which the browser has to load. */
export function isBesidePortal(path: string): boolean {
  return path === '/graphql';
}

/** Pages that lead nowhere once one is signed in. */
export const DOORS: readonly string[] = ['/login', '/register', '/check-mail', '/forgot', '/deleted'];

/** Where to sign in, or to register first, and come back from; one door leads on to where the other would. */
export function signInPath(path: string, search = '', door: '/login' | '/register' = '/login'): string {
  const next = DOORS.includes(path) ? new URLSearchParams(search).get('next') : path + search;
  return next ? `${door}?next=${encodeURIComponent(next)}` : door;
}

/** As long as the link of a verification mail works, in milliseconds. */
const DAY = 86_400_000;

/** Keeps where to go on after the mail was followed, which may happen in another tab: no address leads through it. */
export function rememberNext(next: string | null, now = Date.now()): void {
  remember('next', next && JSON.stringify({ next, until: now + DAY }));
}

/** What is kept of it; nothing once it is too old. */
export function rememberedNext(now = Date.now()): string | null {
  try {
    const { next, until } = JSON.parse(recall('next') ?? '{}') as { next?: unknown; until?: unknown };
    return typeof next === 'string' && typeof until === 'number' && now < until ? next : null;
  } catch {
    return null;
  }
}
