import { expect, test } from 'vitest';

import { changesOf, writtenOf } from './changes.ts';

const job = {
  title: '搬家小幫手',
  description: '',
  jobType: 'moving',
  city: '台北市',
  address: '信義路五段 7 號',
  estimatedAmount: 1200,
  scheduledAt: '2027-02-07T08:30:15.250Z',
  expiresAt: null,
};

test('a form that was not touched changes nothing, although its fields know no seconds', () => {
  expect(changesOf(job, { ...job, scheduledAt: '2027-02-07T08:30:00.000Z' })).toEqual({});
});

test('what was changed is sent, also when it is taken away', () => {
  const changed = { ...job, estimatedAmount: 1500, scheduledAt: null };
  expect(changesOf(job, changed)).toEqual({ estimatedAmount: 1500, scheduledAt: null });
});

test('a form that was not touched changes nothing, although a program wrote the job in other ways', () => {
  const written = { ...job, city: 'Taipei City', description: 'one\r\ntwo' };
  expect(changesOf(written, { ...job, description: 'one\ntwo' })).toEqual({});
});

test('an empty field is what the job does not have', () => {
  expect(changesOf({ ...job, address: null }, { ...job, address: '' })).toEqual({});
});

test('what a person writes of a job leaves out what happens to it', () => {
  const whole = { ...job, id: 'job_1', version: 3, status: 'DRAFT' };
  expect(writtenOf(whole)).toEqual(job);
});
