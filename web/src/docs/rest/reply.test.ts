import { expect, test } from 'vitest';

import { apart, pretty, type Reply, tokenOf } from './reply.ts';

const reply: Reply = { status: 200, reason: '', milliseconds: 1, limits: [], headers: [], body: '', retryAfter: null };

test('what tells of limits stands apart from the other headers', () => {
  const headers = [
    ['content-type', 'a'],
    ['x-ratelimit-remaining', '1'],
    ['date', 'b'],
    ['x-ratelimit-limit', '2'],
  ] as const;
  expect(apart(headers)).toEqual({
    limits: [
      ['x-ratelimit-limit', '2'],
      ['x-ratelimit-remaining', '1'],
    ],
    headers: [
      ['content-type', 'a'],
      ['date', 'b'],
    ],
  });
});

test('a token is taken from the answer that has one, and from no refusal', () => {
  const body = '{"data": {"token": "abc"}}';
  expect(tokenOf({ ...reply, body })).toBe('abc');
  expect(tokenOf({ ...reply, body, status: 401 })).toBeNull();
  for (const other of ['null', '{"data": null}', '{"data": {"token": 1}}', '<html>']) {
    expect(tokenOf({ ...reply, body: other })).toBeNull();
  }
});

test('an answer that is no JSON is shown as it came', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('<p>no</p>')).toBe('<p>no</p>');
});
