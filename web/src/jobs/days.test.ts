import { expect, test } from 'vitest';

import { type Day, dayIn, momentsOf } from './days.ts';

/** From and before, both as days of Taiwan. */
function days(day: Day, now: string): string[] {
  const { scheduledFrom, scheduledBefore } = momentsOf(day, Date.parse(now));
  return [scheduledFrom, scheduledBefore].map((moment) => {
    expect(moment).toMatch(/T16:00:00\.000Z$/);
    return new Date(Date.parse(moment ?? '') + 8 * 3_600_000).toISOString().slice(0, 10);
  });
}

test('a day lasts from midnight to midnight in Taiwan, wherever its reader is', () => {
  expect(momentsOf('today', Date.parse('2026-02-07T23:59:59+08:00'))).toEqual({
    scheduledFrom: '2026-02-06T16:00:00.000Z',
    scheduledBefore: '2026-02-07T16:00:00.000Z',
  });
  expect(days('today', '2026-02-08T00:00:00+08:00')).toEqual(['2026-02-08', '2026-02-09']);
  // New York is half a day behind.
  expect(days('today', '2026-02-07T12:00:00-05:00')).toEqual(['2026-02-08', '2026-02-09']);
  expect(days('tomorrow', '2026-12-31T08:00:00+08:00')).toEqual(['2027-01-01', '2027-01-02']);
});

test('a week lasts from today to its Sunday', () => {
  expect(days('week', '2026-02-02T00:00:00+08:00')).toEqual(['2026-02-02', '2026-02-09']);
  expect(days('week', '2026-02-04T12:00:00+08:00')).toEqual(['2026-02-04', '2026-02-09']);
  expect(days('week', '2026-02-08T23:59:59+08:00')).toEqual(['2026-02-08', '2026-02-09']);
});

test('a weekend is the one to come, or what is left of the present one', () => {
  expect(days('weekend', '2026-02-02T00:00:00+08:00')).toEqual(['2026-02-07', '2026-02-09']);
  expect(days('weekend', '2026-02-06T23:59:59+08:00')).toEqual(['2026-02-07', '2026-02-09']);
  expect(days('weekend', '2026-02-07T12:00:00+08:00')).toEqual(['2026-02-07', '2026-02-09']);
  expect(days('weekend', '2026-02-08T12:00:00+08:00')).toEqual(['2026-02-08', '2026-02-09']);
});

test('a day may be named by its date, as Taiwan has it', () => {
  expect(momentsOf(dayIn('2026-02-07') ?? 'today', 0)).toEqual({
    scheduledFrom: '2026-02-06T16:00:00.000Z',
    scheduledBefore: '2026-02-07T16:00:00.000Z',
  });
  expect(['tomorrow', '2026-02-31', '2026-2-7', 'never', '', null].map(dayIn)).toEqual([
    'tomorrow',
    ...Array<undefined>(5),
  ]);
});
