import { expect, test } from 'vitest';

import { faceOf, hereOf, movedTo, waysOf } from './faces.ts';

test('an address belongs to one face', () => {
  expect(['/jobs/new', '/developer', '/developer/keys/key_7', '/admin/users', '/administer'].map(faceOf)).toEqual([
    'people',
    'developer',
    'developer',
    'admin',
    'people',
  ]);
});

test('where one is, is the longest way that leads there', () => {
  const ways = waysOf('people', null);
  expect(hereOf(ways, '/jobs/new')).toBe('/jobs/new');
  expect(hereOf(ways, '/jobs/job_7')).toBe('/jobs');
  expect(hereOf(ways, '/mine/applications')).toBe('/mine');
  expect(hereOf(ways, '/account')).toBeUndefined();
});

test('addresses of earlier releases lead to the new ones, and no others', () => {
  expect(movedTo('/keys')).toBe('/developer/keys');
  expect(movedTo('/keys/key_7')).toBe('/developer/keys/key_7');
  expect(movedTo('/admin')).toBe('/admin/users');
  expect(movedTo('/keyboard')).toBeUndefined();
});

test('only administrators are shown the ways of administrators', () => {
  expect(waysOf('admin', { role: 'USER' })).toEqual([]);
  expect(waysOf('admin', { role: 'ADMIN' }).length).toBeGreaterThan(3);
});
