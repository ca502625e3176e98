import type { Member } from './session.tsx';
import { words } from './words.ts';

/** Whom a page is for: people who look for work or for hands, developers, or administrators. */
export type Face = 'people' | 'developer' | 'admin';

export function faceOf(path: string): Face {
  if (/^\/developer(\/|$)/.test(path)) return 'developer';
  return /^\/admin(\/|$)/.test(path) ? 'admin' : 'people';
}

const PEOPLE = [
  { to: '/jobs', label: words.find },
  { to: '/jobs/new', label: words.post },
  { to: '/mine', label: words.mine },
] as const;

const DEVELOPER = [{ to: '/developer/keys', label: words.keys }] as const;

const ADMIN = [
  { to: '/admin/users', label: words.users },
  { to: '/admin/disputes', label: words.disputes },
  { to: '/admin/reviews', label: words.reportedReviews },
  { to: '/admin/audit', label: words.audit },
] as const;

/** The ways through a face. */
export function waysOf(face: Face, viewer: Pick<Member, 'role'> | null | undefined) {
  if (face === 'people') return PEOPLE;
  if (face === 'developer') return DEVELOPER;
  return viewer?.role === 'ADMIN' ? ADMIN : [];
}

/** The one of the ways that leads to where one is: the longest that fits. */
export function hereOf(ways: readonly { to: string }[], path: string): string | undefined {
  return ways
    .map(({ to }) => to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];
}

/** Where an address of earlier releases is now; nothing if it is none. */
export function movedTo(path: string): string | undefined {
  if (/^\/keys(\/|$)/.test(path)) return `/developer${path}`;
  if (path === '/developer') return '/developer/keys';
  return path === '/admin' ? '/admin/users' : undefined;
}
