import { expect, test } from 'vitest';

import { localOf, wrongTime } from './moment.ts';

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
