import { expect, test } from 'vitest';

import { dayBars, niceTop } from './scale.ts';

test('the scale ends at the next round number', () => {
  expect([0, 10, 11, 21, 99, 10_000, 10_001].map(niceTop)).toEqual([10, 10, 20, 50, 100, 10_000, 20_000]);
});

test('bars stand on the ground side by side, the refused part within', () => {
  const days = [
    { date: '2026-02-06', requests: 5, refused: 0 },
    { date: '2026-02-07', requests: 10, refused: 2 },
  ];
  expect(dayBars(days, 10, 200, 100)).toEqual([
    { date: '2026-02-06', x: 10, y: 50, width: 80, height: 50, refusedHeight: 0 },
    { date: '2026-02-07', x: 110, y: 0, width: 80, height: 100, refusedHeight: 20 },
  ]);
});
