import { expect, test } from 'vitest';

import { allAs, changesOf, commonOf } from './preferences.ts';

test('all are alike only if each is', () => {
  expect(commonOf({ COMPLETED: 'DAILY', DECIDED: 'DAILY' })).toBe('DAILY');
  expect(commonOf({ COMPLETED: 'DAILY', DECIDED: 'OFF' })).toBeNull();
  expect(commonOf({})).toBeNull();
});

test('all at once are those that there are, and no others', () => {
  expect(allAs({ COMPLETED: 'DAILY', DECIDED: 'OFF' }, 'AT_ONCE')).toEqual({
    COMPLETED: 'AT_ONCE',
    DECIDED: 'AT_ONCE',
  });
});

test('only what was changed is sent', () => {
  const before = { COMPLETED: 'DAILY', DECIDED: 'OFF' } as const;
  expect(changesOf(before, { ...before, DECIDED: 'AT_ONCE' })).toEqual([{ kind: 'DECIDED', delivery: 'AT_ONCE' }]);
  expect(changesOf(before, before)).toEqual([]);
});
