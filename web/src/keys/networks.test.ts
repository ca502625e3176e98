import { expect, test } from 'vitest';

import { networksOf } from './networks.ts';

test('networks may stand on lines or between commas; empty lines say nothing', () => {
  expect(networksOf('203.0.113.0/24\n\n 198.51.100.7, 2001:db8::/32\n')).toEqual([
    '203.0.113.0/24',
    '198.51.100.7',
    '2001:db8::/32',
  ]);
  expect(networksOf(' \n')).toEqual([]);
});
