import { expect, test } from 'vitest';

import { filterOf, orderOf } from './filter.ts';

test('an address holds a filter, and what is not known in it is left out', () => {
  const search = new URLSearchParams('city=台北市&status=PUBLISHED&jobType=&search=%20&orderBy=OLDEST&x=1');
  expect(filterOf(search, true)).toEqual({ city: '台北市', status: 'PUBLISHED' });
  expect(orderOf(search)).toBe('OLDEST');
  const wrong = new URLSearchParams('status=SOLD&orderBy=RANDOM');
  expect(filterOf(wrong, true)).toEqual({});
  expect(orderOf(wrong)).toBe('NEWEST');
});

test('words are looked for by those only who may', () => {
  const search = new URLSearchParams('search=搬家&city=Taipei');
  expect(filterOf(search, true)).toEqual({ search: '搬家', city: '台北市' });
  expect(filterOf(search, false)).toEqual({ city: '台北市' });
});
