import { expect, test } from 'vitest';

import { auditFilterOf, userFilterOf } from './filter.ts';

const users = (search: string) => userFilterOf(new URLSearchParams(search));
const events = (search: string) => auditFilterOf(new URLSearchParams(search), ['USER_REINSTATED', 'USER_SUSPENDED']);

test('an address says which users are asked for', () => {
  expect(users('search=+ann+&role=ADMIN&state=suspended')).toEqual({ search: 'ann', role: 'ADMIN', isSuspended: true });
  expect(users('state=unverified')).toEqual({ isVerified: false });
});

test('an address says which events are asked for', () => {
  expect(events('user=7&kind=USER_SUSPENDED&from=2026-01-02T03:04Z')).toEqual({
    user: '7',
    kind: 'USER_SUSPENDED',
    createdFrom: '2026-01-02T03:04:00.000Z',
  });
});

test('what is not known in an address is left out', () => {
  expect(users('search=++&role=KING&state=toString')).toEqual({});
  expect(events('user=&kind=MIRACLE&from=soon&before=')).toEqual({});
});
