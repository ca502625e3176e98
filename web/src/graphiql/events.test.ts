import { expect, test, vi } from 'vitest';

import { credentialsOf } from './credentials.ts';
import { readable } from './events.ts';
import { kindOf } from './kind.ts';

test('a closed socket tells its code, the reason that the gateway gave and what it means', () => {
  vi.stubGlobal('navigator', { languages: ['en'] });
  const { message } = readable({ code: 4403, reason: 'INVALID_API_KEY' }) as { message: string };
  expect(message).toContain('4403 INVALID_API_KEY');
  expect(message).toContain('The credentials were refused.');
  expect((readable({ code: 4999, reason: '' }) as { message: string }).message).toMatch(/\(4999\)\.$/);
});

test('errors of the operation are shown as they are', () => {
  const errors = [{ message: 'no', extensions: { code: 'FORBIDDEN' } }];
  expect(readable(errors)).toBe(errors);
});

test('credentials are found among the headers however they are spelled, and nothing else is one', () => {
  const headers = { AUTHORIZATION: 'Bearer t', 'x-Api-Key': 'k', 'X-API-Secret': 's', 'X-Probe': 'p' };
  expect(credentialsOf(headers)).toEqual({ AUTHORIZATION: 'Bearer t', 'x-Api-Key': 'k', 'X-API-Secret': 's' });
  expect(credentialsOf({ 'X-Probe': 'p', Cookie: 'c' })).toBeNull();
});

test('the operation that runs decides whether it is a subscription', () => {
  const both = 'query A { viewer { id } } subscription B { applicationReceived { cursor } }';
  expect(kindOf(both, 'A')).toBe('query');
  expect(kindOf(both, 'B')).toBe('subscription');
  expect(kindOf('subscription { applicationReceived { cursor } }')).toBe('subscription');
  expect(kindOf('query {')).toBeUndefined();
});
