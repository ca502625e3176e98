import { cityOf } from '../i18n/cities.ts';
import type { JobFilter, JobOrder, JobStatus } from '../graphql/generated.ts';

export const STATUSES: readonly JobStatus[] = [
  'DRAFT',
  'PUBLISHED',
  'PAUSED',
  'ASSIGNED',
  'IN_PROGRESS',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
];
export const ORDERS: readonly JobOrder[] = ['NEWEST', 'OLDEST', 'AMOUNT_HIGHEST', 'AMOUNT_LOWEST'];

/**
 * The filter that a page's address holds; what is not known in it is left out, and words as well for
 * whoever may not look for them.
 */
export function filterOf(search: URLSearchParams, searches: boolean): JobFilter {
  const text = (name: string) => search.get(name)?.trim() || undefined;
  const status = STATUSES.find((known) => known === search.get('status'));
  const given: JobFilter = {
    search: searches ? text('search') : undefined,
    city: cityOf(text('city') ?? '') || undefined,
    jobType: text('jobType'),
    status,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export function orderOf(search: URLSearchParams): JobOrder {
  return ORDERS.find((known) => known === search.get('orderBy')) ?? 'NEWEST';
}
