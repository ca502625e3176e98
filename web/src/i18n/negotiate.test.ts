import { expect, test } from 'vitest';

import { negotiate } from './negotiate.ts';

test('the first known language wins, and Chinese where none is known', () => {
  expect(negotiate(['', 'fr-FR', 'en-GB', 'zh-TW'])).toBe('en');
  expect(negotiate(['zh-Hant-HK', 'en'])).toBe('zh-TW');
  expect(negotiate(['ja'])).toBe('zh-TW');
});
