import { expect, test } from 'vitest';

import { schema, types, usesOf } from './schema.ts';
import { search } from './search.ts';

const names = (word: string) => search(word).map(({ name }) => name);

test('a whole name comes before its beginnings, and these before names that merely have the word', () => {
  const found = names('jobs');
  expect(found[0]).toBe('Query.jobs');
  const published = names('publish');
  expect(published.indexOf('Subscription.jobPublished')).toBeGreaterThan(published.indexOf('Mutation.publishJob'));
  expect(search('createjob')[0]).toEqual({ name: 'Mutation.createJob', to: '/graphql/Mutation#createJob' });
  expect(names('jobstatus.')).toContain('JobStatus.DRAFT');
  expect(names('IN_PROGRESS')).toContain('JobStatus.IN_PROGRESS');
});

test('nothing is found for nothing', () => {
  expect([...names('  '), ...names('no such thing')]).toEqual([]);
});

test('a type is used where a field answers it or an argument takes it', () => {
  const used = (name: string) => usesOf(schema.getType(name) ?? types[0]!).map((place) => place.name);
  expect(used('JobFilter')).toEqual(expect.arrayContaining(['Query.jobs', 'Subscription.jobPublished']));
  expect(used('JobStatus')).toEqual(expect.arrayContaining(['Job.status', 'JobFilter.status']));
});
