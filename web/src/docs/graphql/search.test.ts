import { expect, test } from 'vitest';

import { schema, types, usesOf } from './schema.ts';
import { search } from './search.ts';

const names = (word: string) => search(word).map(({ name }) => name);

test('a whole name comes before its beginnings, and these before names that merely have the word', () => {
  const found = names('job');
  const at = (name: string) => found.indexOf(name);
  expect(found[0]).toMatch(/(^|\.)job$/i);
  expect(at('Query.jobs')).toBeGreaterThan(at('Job'));
  expect(at('Mutation.createJob')).toBeGreaterThan(at('Query.jobs'));
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
