import { expect, test } from 'vitest';

import { words } from './words.ts';

test('counts of requests are told in words that fit the count', () => {
  const [, chart] = words.chart;
  expect([chart('0', '0'), chart('1', '0'), chart('1', '1'), chart('1,200', '0'), chart('1,200', '3')]).toEqual([
    'No requests in this period.',
    '1 request in this period, which succeeded.',
    '1 request in this period, which failed.',
    '1,200 requests in this period, none of them failed.',
    '1,200 requests in this period, 3 of them failed.',
  ]);
});
