import { expect, test } from 'vitest';

import { filterOf, orderOf } from './filter.ts';

test('an address holds a filter, and what is not known in it is left out', () => {
  const search = new URLSearchParams('city=台北市&status=PUBLISHED&jobType=&search=%20&orderBy=OLDEST&x=1');
  expect(filterOf(search, 'user_1')).toEqual({ city: '台北市', status: 'PUBLISHED' });
  expect(orderOf(search)).toBe('OLDEST');
  const wrong = new URLSearchParams('status=SOLD&orderBy=RANDOM');
  expect(filterOf(wrong, 'user_1')).toEqual({});
  expect(orderOf(wrong)).toBe('NEWEST');
});

test('only who is signed in can ask for their own jobs', () => {
  const search = new URLSearchParams('whose=mine');
  expect(filterOf(search, 'user_1')).toEqual({ owner: 'user_1' });
  expect(filterOf(search, undefined)).toEqual({});
});
