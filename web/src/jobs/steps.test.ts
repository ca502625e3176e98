import { expect, test } from 'vitest';

import { stepsOf } from './steps.ts';

const job = (status: Parameters<typeof stepsOf>[0]['status']) => ({
  status,
  owner: { id: 'user_1' },
  assignee: { id: 'user_2' },
});
const user = (id: string) => ({ id, role: 'USER' as const });

test('the owner is offered what the state allows', () => {
  expect(stepsOf(job('DRAFT'), user('user_1'))).toEqual(['publish', 'edit', 'cancel']);
  expect(stepsOf(job('COMPLETED'), user('user_1'))).toEqual([]);
});

test('who works on a job may start it and nothing else; strangers may do nothing', () => {
  expect(stepsOf(job('ASSIGNED'), user('user_2'))).toEqual(['start']);
  expect(stepsOf(job('IN_PROGRESS'), user('user_2'))).toEqual([]);
  expect(stepsOf(job('ASSIGNED'), user('user_3'))).toEqual([]);
});
