import { expect, test } from 'vitest';

import { localOf, nearDays, wrongTime } from './moment.ts';

test('a moment comes back unchanged from the field that shows it', () => {
  const iso = '2026-02-07T08:30:00.000Z';
  expect(new Date(localOf(iso)).toISOString()).toBe(iso);
  expect(localOf(null)).toBe('');
});

test('a time that is chosen lies ahead, and applications end no later than the work begins', () => {
  const now = Date.parse('2026-02-07T08:30');
  expect(wrongTime('', '', '', now)).toBeNull();
  expect(wrongTime('2026-02-07T08:30', '', '', now)).toBe('past');
  expect(wrongTime('2026-02-07T08:31', '', '', now)).toBeNull();
  expect(wrongTime('2026-02-01T08:00', '2026-02-01T08:00', '', now)).toBeNull();
  expect(wrongTime('2026-02-09T09:00', '', '2026-02-09T08:59', now)).toBe('afterWork');
  expect(wrongTime('2026-02-09T09:00', '', '2026-02-09T09:00', now)).toBeNull();
});

test('near days are offered at an hour that is still to come', () => {
  const friday = new Date(2026, 1, 6, 7, 50).getTime();
  expect(nearDays(friday)).toEqual([
    { day: 'today', moment: '2026-02-06T09:00' },
    { day: 'tomorrow', moment: '2026-02-07T09:00' },
  ]);
  const evening = new Date(2026, 1, 4, 22, 10).getTime();
  expect(nearDays(evening)).toEqual([
    { day: 'tomorrow', moment: '2026-02-05T09:00' },
    { day: 'weekend', moment: '2026-02-07T09:00' },
  ]);
  expect(nearDays(new Date(2026, 1, 4, 14, 10).getTime())[0]?.moment).toBe('2026-02-04T16:00');
});
