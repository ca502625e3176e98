import { expect, test } from 'vitest';

import { localOf } from './moment.ts';

test('a moment comes back unchanged from the field that shows it', () => {
  const iso = '2026-02-07T08:30:00.000Z';
  expect(new Date(localOf(iso)).toISOString()).toBe(iso);
  expect(localOf(null)).toBe('');
});
