import { expect, test } from 'vitest';

import { onBell } from './badge.ts';

test('the bell shows at most two digits', () => {
  expect(onBell(7)).toBe('7');
  expect(onBell(99)).toBe('99');
  expect(onBell(100)).toBe('99+');
});
