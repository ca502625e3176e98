import { CombinedError } from 'urql';
import { expect, test } from 'vitest';

import { isPassing, isSignedOut, problemOf, toldAt } from './problem.ts';

const refusal = (extensions: Record<string, unknown>) =>
  problemOf(new CombinedError({ graphQLErrors: [{ message: 'refused', extensions }] }));

test('each message stands at its field, and those of a list at the field that holds it', () => {
  const { fields } = refusal({
    code: 'INVALID_REQUEST',
    fields: [
      { path: 'input.name', message: 'is required' },
      { path: 'networks[1]', message: 'is no network' },
      { path: 'networks[2]', message: 'is too wide' },
    ],
  });
  expect(fields).toEqual({ name: 'is required', networks: 'is no network is too wide' });
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
  expect(wrong?.fields).toEqual({ password: 'wrong' });
  const other = refusal({ code: 'CONFLICT' });
  expect(toldAt(other, 'password', 'wrong')).toBe(other);
  expect(isPassing(other)).toBe(false);
});

test('an ended token leads to sign in, a wrong password does not', () => {
  expect(isSignedOut(refusal({ code: 'TOKEN_EXPIRED' }))).toBe(true);
  expect(isSignedOut(refusal({ code: 'UNAUTHORIZED' }))).toBe(true);
  expect(isSignedOut(refusal({ code: 'INVALID_CREDENTIALS' }))).toBe(false);
});
