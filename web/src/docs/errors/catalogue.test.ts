import { expect, test } from 'vitest';

import { ERRORS, parse } from './catalogue.ts';
import { MEANINGS } from './meanings.ts';

test('a row of the table is one kind of error, and a dash means that an API never answers it', () => {
  const table = [
    '# Error codes',
    '| GraphQL | HTTP | jobs API | auth API | retry | meaning |',
    '|---|---|---|---|---|---|',
    '| A_B | 400 | – | C | no | Words with `code`. |',
    '| D | 429 | E | – | yes | More. |',
  ].join('\n');
  expect(parse(table)).toEqual([
    { code: 'A_B', status: 400, jobs: null, auth: 'C', retry: false, meaning: 'Words with `code`.' },
    { code: 'D', status: 429, jobs: 'E', auth: null, retry: true, meaning: 'More.' },
  ]);
});

test('every error has a meaning in Chinese, and no meaning is stale', () => {
  expect(ERRORS.length).toBeGreaterThan(20);
  expect(Object.keys(MEANINGS).sort()).toEqual(ERRORS.map(({ code }) => code).sort());
  for (const meaning of Object.values(MEANINGS)) expect(meaning).toMatch(/\p{Script=Han}.*。$/u);
});
