import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { doesWait, letWait, takeWaiting } from './waiting.ts';

const input = { title: 'Moving', jobType: 'moving', city: '台北市', address: '信義路', estimatedAmount: 1200 };

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a job waits for a day, and is taken once', () => {
  letWait(input, 0);
  expect(doesWait(86_399_999)).toBe(true);
  expect(takeWaiting(86_399_999)).toEqual(input);
  expect(doesWait(1)).toBe(false);
  expect(takeWaiting(1)).toBeNull();
  letWait(input, 0);
  expect(takeWaiting(86_400_000)).toBeNull();
});
