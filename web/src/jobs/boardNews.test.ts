import { expect, test } from 'vitest';

import type { JobRowFragment } from '../graphql/generated.ts';
import { after, NOTHING } from './boardNews.ts';

const job = { id: 'job_1', title: 'Moving' } as JobRowFragment;
const shown = [{ id: 'job_1' }, { id: 'job_2' }];
const news = (kind: 'PUBLISHED' | 'APPLICATION_RECEIVED' | null, jobId: string, of: JobRowFragment | null = job) => ({
  cursor: 'c',
  kind,
  jobId,
  job: of,
});

test('what happens to a job that is shown changes it where it stands', () => {
  const since = after(NOTHING, shown, news('APPLICATION_RECEIVED', 'job_1'));
  expect(since.changed.get('job_1')).toBe(job);
  expect(after(since, shown, news(null, 'job_1', null)).changed.get('job_1')).toBeNull();
  expect(since.came.size).toBe(0);
});

test('a job that comes is counted once, and no more when it goes again', () => {
  const once = after(NOTHING, shown, news('PUBLISHED', 'job_3'));
  expect(after(once, shown, news('PUBLISHED', 'job_3')).came.size).toBe(1);
  expect(after(once, shown, news(null, 'job_3', null)).came.size).toBe(0);
});

test('what happens to a job of another page is no new job', () => {
  expect(after(NOTHING, shown, news('APPLICATION_RECEIVED', 'job_9')).came.size).toBe(0);
});
