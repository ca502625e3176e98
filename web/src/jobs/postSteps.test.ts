import { expect, test } from 'vitest';

import { fields } from './fields.ts';
import { LAST, stepWith } from './postSteps.ts';

test('each field has a step, where the first that is wrong is shown', () => {
  const steps = Object.keys(fields).map((field) => stepWith([field]));
  expect(new Set(steps).size).toBe(LAST + 1);
  expect(stepWith(['estimatedAmount', 'city'])).toBe(2);
  expect(stepWith([])).toBe(LAST);
  expect(stepWith(['title'])).toBe(0);
});
