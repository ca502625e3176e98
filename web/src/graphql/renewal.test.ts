import { expect, test } from 'vitest';

import { isDue } from './renewal.ts';

test('a cookie is renewed a minute before it ends, and never for visitors', () => {
  expect(isDue('100000', 39_999)).toBe(false);
  expect(isDue('100000', 40_001)).toBe(true);
  expect(isDue(null, 40_001)).toBe(false);
});
