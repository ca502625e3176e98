import { CombinedError } from 'urql';
import { expect, test, vi } from 'vitest';

import { isNoDistrict, isNoId, isPassing, isSignedOut, problemOf, toldAt } from './problem.ts';

const refusal = (extensions: Record<string, unknown>, variables?: unknown) =>
  problemOf(new CombinedError({ graphQLErrors: [{ message: 'refused', extensions }] }), variables);

test('each message stands at its field, and those of a list at the field that holds it, once for each entry', () => {
  vi.stubGlobal('navigator', { languages: ['en'] });
  const networks = ['203.0.113.0/24', 'nowhere', '0.0.0.0/0', 'nowhere'];
  const { fields } = refusal(
    {
      code: 'INVALID_REQUEST',
      fields: [
        { path: 'input.name', message: 'is required' },
        { path: 'networks[1]', message: 'is no network' },
        { path: 'networks[2]', message: 'is too wide' },
        { path: 'networks[3]', message: 'is no network' },
      ],
    },
    { input: { name: '', networks } },
  );
  expect(fields).toEqual({
    name: ['is required'],
    networks: ['“nowhere” is no network', '“0.0.0.0/0” is too wide'],
  });
});

test('an identifier of no kind is told from what else may be wrong', () => {
  const wrong = (path: string) => refusal({ code: 'INVALID_REQUEST', fields: [{ path, message: 'is wrong' }] });
  expect([wrong('id'), wrong('by.id'), wrong('first')].map(isNoId)).toEqual([true, true, false]);
});

test('a used-up limit says when to try again', () => {
  const problem = refusal({ code: 'RATE_LIMIT_EXCEEDED', retryAfter: 42 });
  expect(problem.retryAfter).toBe(42);
  expect(isPassing(problem)).toBe(true);
});

test('no answer at all is told from every refusal', () => {
  const problem = problemOf(new CombinedError({ networkError: new TypeError('Failed to fetch') }));
  expect(problem.code).toBe('OFFLINE');
  expect(isSignedOut(problem)).toBe(false);
  expect(isPassing(problem)).toBe(true);
});

test('refused credentials are told at the field that asks for them, everything else where it belongs', () => {
  const wrong = toldAt(refusal({ code: 'INVALID_CREDENTIALS' }), 'password', 'wrong');
  expect(wrong?.fields).toEqual({ password: ['wrong'] });
  const other = refusal({ code: 'CONFLICT' });
  expect(toldAt(other, 'password', 'wrong')).toBe(other);
  expect(isPassing(other)).toBe(false);
});

test('a district that is refused is told from what else is wrong with a list', () => {
  const refused = (path: string) => refusal({ code: 'INVALID_REQUEST', fields: [{ path, message: 'is wrong' }] });
  expect(isNoDistrict(refused('filter.district'))).toBe(true);
  expect(isNoDistrict(refused('filter.city'))).toBe(false);
});

test('an ended token leads to sign in, a wrong password does not', () => {
  expect(isSignedOut(refusal({ code: 'TOKEN_EXPIRED' }))).toBe(true);
  expect(isSignedOut(refusal({ code: 'UNAUTHORIZED' }))).toBe(true);
  expect(isSignedOut(refusal({ code: 'INVALID_CREDENTIALS' }))).toBe(false);
});
