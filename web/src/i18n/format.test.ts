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

test('a day near now has a name, others have their weekday', () => {
  const morning = (day: number) => new Date(2026, 1, day, 9, 5).toISOString();
  const evening = new Date(2026, 1, 7, 23, 30).getTime();
  const { when } = formats('zh-TW');
  expect(when(morning(7), evening)).toBe('今天 2/7（六）09:05');
  expect(when(morning(8), evening)).toBe('明天 2/8（日）09:05');
  expect(when(morning(10), evening)).toBe('2/10（二）09:05');
  expect(formats('en').when(morning(8), evening)).toBe('Tomorrow Sun, Feb 8 09:05');
  expect(formats('en').when(new Date(2028, 1, 7, 9, 5).toISOString(), evening)).toContain('2028');
});
