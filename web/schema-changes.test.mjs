import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { schemaChanges } from './schema-changes.mjs';

const schema = (part) => `type Query { query: Int } ${part}`;
const told = (older, newer) => schemaChanges(schema(older), schema(newer));

test('breaking changes come first and are told as such', () => {
  const changes = told('type T { a: Int b: Int } enum E { A }', 'type T { b(c: Int): Int } enum E { A B }');
  expect(changes.breaks).toBe(true);
  expect(changes.lines).toEqual([
    'breaking   T.a was removed.',
    'dangerous  An optional arg c on T.b was added.',
    'dangerous  B was added to enum type E.',
    '1 breaking, 2 dangerous',
  ]);
});

test('what is only new breaks nobody', () => {
  const changes = told('type T { a: Int }', 'type T { a: Int! b: Int } type U { a: Int }');
  expect(changes).toEqual({ breaks: false, lines: ['0 breaking, 0 dangerous'] });
});

test('the schema has no changes to itself', () => {
  const own = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  expect(schemaChanges(own, own).lines).toEqual(['0 breaking, 0 dangerous']);
});

test('what is no schema is refused', () => {
  expect(() => told('type T { a: Nothing }', '')).toThrow('Nothing');
});
