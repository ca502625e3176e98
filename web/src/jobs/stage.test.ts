import { expect, test } from 'vitest';

import { STATUSES } from './filter.ts';
import { stageOf } from './stage.ts';

test('a job goes forward along its line, and what ended early is beside it', () => {
  const stages = STATUSES.map((status) => [status, stageOf(status)]);
  expect(Object.fromEntries(stages)).toEqual({
    DRAFT: -1,
    PUBLISHED: 0,
    PAUSED: 0,
    ASSIGNED: 1,
    IN_PROGRESS: 2,
    REPORTED_DONE: 2,
    DISPUTED: 2,
    COMPLETED: 3,
    CANCELLED: undefined,
    EXPIRED: undefined,
  });
});
