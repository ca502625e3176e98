import { expect, test } from 'vitest';

import { filterOf, orderOf } from './filter.ts';

const TYPES = ['moving', 'cleaning'];
const NOW = Date.parse('2026-02-04T12:00:00+08:00');

/** What it narrows the open jobs by. */
function filter(address: string, types = TYPES) {
  const { status, ...more } = filterOf(new URLSearchParams(address), types, { now: NOW });
  expect(status).toBe('PUBLISHED');
  return more;
}

test('an address holds a filter, and what is not known in it is left out', () => {
  expect(filter('city=台北市&jobType=&search=%20&orderBy=OLDEST&x=1')).toEqual({ city: '台北市' });
  expect(filter('status=SOLD&orderBy=RANDOM&day=yesterday&pay=much&after=x')).toEqual({});
  expect(filter('day=&pay=-1')).toEqual({});
  expect(filter('pay=1e3')).toEqual({});
});

test('an address holds an order, the newest first unless it says otherwise', () => {
  expect(orderOf(new URLSearchParams('orderBy=OLDEST'))).toBe('OLDEST');
  expect(orderOf(new URLSearchParams('orderBy=SCHEDULED_SOONEST'))).toBe('SCHEDULED_SOONEST');
  expect(orderOf(new URLSearchParams('orderBy=RANDOM'))).toBe('NEWEST');
});

test('words, a day and a pay narrow the list; a city stays as it was written', () => {
  expect(filter('search=+搬家 &city=Taipei&day=tomorrow&pay=1000')).toEqual({
    search: '搬家',
    city: 'Taipei',
    minAmount: 1000,
    scheduledFrom: '2026-02-04T16:00:00.000Z',
    scheduledBefore: '2026-02-05T16:00:00.000Z',
  });
});

test('a district narrows the list below a city only', () => {
  expect(filter('city=Taipei&district=大安區')).toEqual({ city: 'Taipei', district: '大安區' });
  expect(filter('district=大安區')).toEqual({});
  expect(filter(`city=${'a'.repeat(51)}&district=大安區`)).toEqual({});
});

test('jobs that nobody applies for can be asked for, and nothing else of applicants', () => {
  expect(filter('applicants=none')).toEqual({ withoutApplications: true });
  expect(filter('applicants=many')).toEqual({});
});

test('a text that the gateway would refuse is left out', () => {
  expect(filter(`search=${'𠮷'.repeat(100)}`).search).toHaveLength(200);
  expect(filter(`search=${'a'.repeat(101)}&city=${'a'.repeat(51)}`)).toEqual({});
  expect(filter('search=a%00b')).toEqual({});
});

test('a type that is none is left out once it is known which there are', () => {
  expect(filter('jobType=moving')).toEqual({ jobType: 'moving' });
  expect(filter('jobType=nothing')).toEqual({});
  expect(filter('jobType=nothing', [])).toEqual({ jobType: 'nothing' });
});

test('who looks for work sees open jobs alone, and an administrator those of any state', () => {
  const search = new URLSearchParams('status=DISPUTED');
  expect(filterOf(search, TYPES)).toEqual({ status: 'PUBLISHED' });
  expect(filterOf(search, TYPES, { isAdmin: true })).toEqual({ status: 'DISPUTED' });
});
