import { expect, test } from 'vitest';

import { accessOf, callOf, curlOf, type Schemes } from './call.ts';
import type { Operation } from './openapi.ts';

const operation: Operation = {
  id: 'updateJob',
  method: 'PATCH',
  path: '/api/jobs/{id}',
  otherPaths: [],
  summary: '',
  description: null,
  security: [['apiKey', 'apiSecret']],
  parameters: [
    { name: 'id', in: 'path' },
    { name: 'city', in: 'query' },
    { name: 'cursor', in: 'query' },
  ],
  body: {},
  answers: [],
  graphql: null,
};
const schemes: Schemes = {
  apiKey: { type: 'apiKey', name: 'X-API-Key' },
  apiSecret: { type: 'apiKey', name: 'X-API-Secret' },
  accessToken: { type: 'http' },
};
const nobody = { key: '', secret: '', token: '' };

test('what is filled in goes to its place, spelled for an address, and what is empty is left out', () => {
  const values = { parameters: { id: 'a/b', city: '台 & 北', cursor: ' ' }, body: '{}' };
  expect(callOf(operation, values, [], 'https://g.example')).toEqual({
    method: 'PATCH',
    url: 'https://g.example/api/jobs/a%2Fb?city=%E5%8F%B0%20%26%20%E5%8C%97',
    headers: [['Content-Type', 'application/json']],
    body: '{}',
  });
});

test('only the credentials that an operation takes are sent', () => {
  const all = { key: 'k', secret: 's', token: 't' };
  expect(accessOf(operation, schemes, all)).toEqual([
    ['X-API-Key', 'k'],
    ['X-API-Secret', 's'],
  ]);
  expect(accessOf({ ...operation, security: [] }, schemes, all)).toEqual([]);
  expect(accessOf({ ...operation, security: [['accessToken']] }, schemes, all)).toEqual([
    ['Authorization', 'Bearer t'],
  ]);
  expect(accessOf(operation, schemes, { ...nobody, key: 'k' })).toEqual([['X-API-Key', 'k']]);
});

test('where one may come with or without credentials, those that are there are sent', () => {
  const open = { ...operation, security: [[], ['accessToken'], ['apiKey', 'apiSecret']] };
  expect(accessOf(open, schemes, { ...nobody, key: 'k', secret: 's' })).toHaveLength(2);
  expect(accessOf(open, schemes, { ...nobody, key: 'k' })).toEqual([]);
});

test('a curl line quotes whatever a shell would read', () => {
  const body = `{"title": "it's $HOME"}`;
  expect(curlOf({ method: 'POST', url: 'https://g.example/?a&b', headers: [['X-Y', 'z']], body })).toBe(
    `curl 'https://g.example/?a&b' \\
  --request POST \\
  --header 'X-Y: z' \\
  --data-raw '{"title": "it'\\''s $HOME"}'`,
  );
  expect(curlOf({ method: 'GET', url: 'https://g.example/', headers: [], body: null })).toBe(
    "curl 'https://g.example/'",
  );
});
