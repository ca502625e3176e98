import { expect, test } from 'vitest';

import checkedIn from '../../../../docs/openapi.json?raw';
import { dereference, type Description, groupsOf } from './openapi.ts';

test('a reference is replaced by what it leads to, and what stands beside it wins', () => {
  const root = {
    answer: { $ref: '#/parts/a~1b', description: 'here' },
    parts: { 'a/b': { description: 'there', inner: { $ref: '#/parts/leaf' } }, leaf: { type: 'string' } },
  };
  expect(dereference<unknown>(root)).toMatchObject({ answer: { description: 'here', inner: { type: 'string' } } });
});

test('a part that contains itself ends there', () => {
  const root = { tree: { type: 'object', properties: { left: { $ref: '#/tree' } } } };
  expect(() => JSON.stringify(dereference(root))).not.toThrow();
});

test('each operation of the gateway is shown once, with both of its addresses', () => {
  const [jobs, auth] = groupsOf(dereference(JSON.parse(checkedIn) as Description));
  expect(jobs?.operations.map(({ id }) => id)).toEqual(['listJobs', 'createJob', 'getJob', 'updateJob', 'cancelJob']);
  expect(jobs?.operations.flatMap(({ otherPaths }) => otherPaths)).toEqual([]);
  const addresses = auth?.operations.map(({ path, otherPaths }) => [path, ...otherPaths].join(' '));
  expect(addresses).toContain('/login /auth/login');
  expect(addresses).toHaveLength(6);
  const left = JSON.stringify([jobs, auth]).includes('"$ref"');
  expect(left).toBe(false);
});

test('a trusted query, whose answers are of another kind, is shown as well', () => {
  const query = {
    operationId: 'q_latest',
    tags: ['queries'],
    security: [{}, { accessToken: [] }],
    responses: { 200: { description: 'OK' }, 304: { description: 'current' } },
  };
  const [group] = groupsOf({
    info: { title: '', version: '' },
    tags: [{ name: 'queries' }],
    paths: { '/q/latest': { get: query } },
  });
  expect(group?.operations[0]).toMatchObject({ summary: 'q_latest', security: [[], ['accessToken']], graphql: null });
});
