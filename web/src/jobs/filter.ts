import type { JobFilter, JobOrder, JobStatus } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { dayIn, momentsOf } from './days.ts';

export const STATUSES: readonly JobStatus[] = [
  'DRAFT',
  'PUBLISHED',
  'PAUSED',
  'ASSIGNED',
  'IN_PROGRESS',
  'REPORTED_DONE',
  'COMPLETED',
  'DISPUTED',
  'CANCELLED',
  'EXPIRED',
];
export const ORDERS: readonly JobOrder[] = ['NEWEST', 'OLDEST', 'AMOUNT_HIGHEST', 'AMOUNT_LOWEST', 'SCHEDULED_SOONEST'];

/** What an address may ask for as pay, at least, in whole TWD. */
export const PAYS: readonly number[] = [1000];

/**
 * The filter that a page's address holds. What is not known in it is left out, and so are types that are
 * none, once it is known which there are.
 */
export function filterOf(
  search: URLSearchParams,
  types: readonly string[],
  { isAdmin = false, now = Date.now() } = {},
): JobFilter {
  const text = (name: 'city' | 'district' | 'search') => textOf(search, name, limits.JobFilter[name].maxLength);
  const jobType = search.get('jobType') || undefined;
  const day = dayIn(search.get('day'));
  const city = text('city');
  const given: JobFilter = {
    search: text('search'),
    city,
    // It is shown, and can be given up, only below a city.
    district: city && text('district'),
    jobType: jobType && types.length && !types.includes(jobType) ? undefined : jobType,
    // Who looks for work has no use for jobs that are taken; an administrator looks for any.
    status: (isAdmin && STATUSES.find((known) => known === search.get('status'))) || 'PUBLISHED',
    withoutApplications: search.get('applicants') === 'none' || undefined,
    minAmount: PAYS.find((known) => String(known) === search.get('pay')),
    ...(day && momentsOf(day, now)),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A text that the gateway takes; it counts characters, not what JavaScript makes of them. */
function textOf(search: URLSearchParams, name: string, longest: number): string | undefined {
  const text = search.get(name)?.trim();
  return text && [...text].length <= longest && !/\p{Cc}/u.test(text) ? text : undefined;
}

export function orderOf(search: URLSearchParams): JobOrder {
  return ORDERS.find((known) => known === search.get('orderBy')) ?? 'NEWEST';
}

/** The names of the filters that an address holds, to be given up one by one. */
export const FILTERS = ['search', 'city', 'district', 'jobType', 'day', 'pay', 'applicants'] as const;
