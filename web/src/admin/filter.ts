import type { AuditEventKind, AuditFilter, UserFilter } from '../graphql/generated.ts';

/** What a user can be found by beside the role. */
const STATES: Record<string, UserFilter> = {
  active: { isSuspended: false },
  suspended: { isSuspended: true },
  unverified: { isVerified: false },
};

/** The users that a page's address asks for; what is not known in it is left out. */
export function userFilterOf(search: URLSearchParams): UserFilter {
  const words = search.get('search')?.trim();
  const role = (['USER', 'ADMIN'] as const).find((known) => known === search.get('role'));
  const state = search.get('state') ?? '';
  return {
    ...(words && { search: words }),
    ...(role && { role }),
    ...(Object.hasOwn(STATES, state) && STATES[state]),
  };
}

/** The events that a page's address asks for, with its times in the reader's time zone. */
export function auditFilterOf(search: URLSearchParams, kinds: readonly AuditEventKind[]): AuditFilter {
  const user = search.get('user');
  const kind = kinds.find((known) => known === search.get('kind'));
  const createdFrom = momentOf(search.get('from'));
  const createdBefore = momentOf(search.get('before'));
  return {
    ...(user && { user }),
    ...(kind && { kind }),
    ...(createdFrom && { createdFrom }),
    ...(createdBefore && { createdBefore }),
  };
}

function momentOf(local: string | null): string | null {
  const moment = new Date(local ?? '');
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
