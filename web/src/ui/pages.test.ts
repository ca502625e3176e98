import { expect, test } from 'vitest';

import { wayTo } from './pages.tsx';

test('the way to a page is what the history knows of it, else the page alone', () => {
  expect(wayTo('b', { cursors: ['a', 'b'] })).toEqual(['a', 'b']);
  expect(wayTo('b', null)).toEqual(['b']);
  expect(wayTo('b', { cursors: ['a'] })).toEqual(['b']);
  expect(wayTo('b', { cursors: [1, 'b'] })).toEqual(['b']);
  expect(wayTo(null, { cursors: ['a'] })).toEqual([]);
});
