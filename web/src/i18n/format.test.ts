import { expect, test } from 'vitest';

import { formats } from './format.ts';

const now = Date.parse('2026-02-07T12:00:00Z');

test('times near now are told in the largest unit that fits', () => {
  const { relative } = formats('en');
  expect(relative('2026-02-07T11:59:30Z', now)).toBe('just now');
  expect(relative('2026-02-07T09:00:00Z', now)).toBe('3 hours ago');
  expect(relative('2026-02-09T13:00:00Z', now)).toBe('in 2 days');
  expect(formats('zh-TW').relative('2026-02-06T11:00:00Z', now)).toBe('昨天');
});

test('amounts are whole dollars with groups', () => {
  expect(formats('zh-TW').money(12_500)).toBe('NT$12,500');
});
