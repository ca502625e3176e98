import { expect, test } from 'vitest';

import { changesOf, writtenOf } from './changes.ts';

const CITIES = [{ name: '台北市', nameEn: 'Taipei City' }];
const job = {
  title: '搬家小幫手',
  description: '',
  jobType: 'moving',
  city: '台北市',
  district: '信義區',
  address: '信義路五段 7 號',
  estimatedAmount: 1200,
  scheduledAt: '2027-02-07T08:30:15.250Z',
  expiresAt: null,
};

test('a form that was not touched changes nothing, although its fields know no seconds', () => {
  expect(changesOf(job, { ...job, scheduledAt: '2027-02-07T08:30:00.000Z' }, CITIES)).toEqual({});
});

test('what was changed is sent, also when it is taken away', () => {
  const changed = { ...job, estimatedAmount: 1500, scheduledAt: null };
  expect(changesOf(job, changed, CITIES)).toEqual({ estimatedAmount: 1500, scheduledAt: null });
});

test('a district that is to be read from the address is sent as none', () => {
  expect(changesOf(job, { ...job, district: null }, CITIES)).toEqual({ district: null });
  expect(changesOf({ ...job, district: null }, { ...job, district: null }, CITIES)).toEqual({});
});

test('a form that was not touched changes nothing, although a program wrote the job in other ways', () => {
  const written = { ...job, city: 'Taipei City', description: 'one\r\ntwo' };
  expect(changesOf(written, { ...job, description: 'one\ntwo' }, CITIES)).toEqual({});
});

test('an empty field is what the job does not have', () => {
  expect(changesOf({ ...job, address: null }, { ...job, address: '' }, CITIES)).toEqual({});
});

test('what a person writes of a job leaves out what happens to it', () => {
  const district = { name: '信義區', nameEn: 'Xinyi District' };
  const person = { id: 'user_1', name: 'Ann', email: null, phone: null, rating: null, completedJobs: 0 };
  const state = { status: 'DRAFT', version: 3, applicationCount: 0, createdAt: '2027-02-01T00:00:00Z' } as const;
  const later = {
    databaseId: 1,
    updatedAt: state.createdAt,
    agreedAmount: null,
    completedAt: null,
    disputedAt: null,
    proposal: null,
  };
  const whole = { ...job, ...state, ...later, id: 'job_1', district, owner: person, assignee: null };
  expect(writtenOf(whole)).toEqual(job);
  expect(writtenOf({ ...whole, district: null })).toEqual({ ...job, district: null });
});
