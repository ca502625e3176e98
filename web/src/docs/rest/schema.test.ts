import { expect, test } from 'vitest';

import { exampleOf, limitsOf, membersOf, sampleOf, typeOf } from './schema.ts';

test('required members come first, in the order in which they are named', () => {
  const string = { type: 'string' };
  const members = membersOf({ required: ['title', 'city'], properties: { city: string, code: string, title: string } });
  expect(members.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['title', true],
    ['city', true],
    ['code', false],
  ]);
});

test('the members of a list are those of its items', () => {
  const schema = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
  expect(membersOf({ properties: { data: schema } })[0]?.members[0]?.name).toBe('id');
  expect(typeOf(schema)).toBe('object[]');
});

test('what may be null says so in either spelling', () => {
  expect(typeOf({ type: ['string', 'null'] })).toBe('string | null');
  expect(typeOf({ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] })).toBe('string | null');
  expect(typeOf({ const: true })).toBe('boolean');
  expect(typeOf({})).toBe('any');
});

test('limits are told, and the bounds of the number type are none', () => {
  expect(limitsOf({ type: 'string', minLength: 1, maxLength: 50 })).toEqual([{ kind: 'length', min: 1, max: 50 }]);
  expect(limitsOf({ type: 'integer', format: 'int32', minimum: 1, maximum: 2147483647, default: 20 })).toEqual([
    { kind: 'range', min: 1, max: null },
    { kind: 'default', value: '20' },
  ]);
  expect(limitsOf({ type: 'integer', minimum: -2147483648, maximum: 2147483647 })).toEqual([]);
});

test('a sample has every member, each with a value of its type', () => {
  const code = { type: 'string', enum: ['NOT_FOUND', 'CONFLICT'] };
  const schema = {
    properties: {
      success: { const: false },
      list: { type: 'array', items: code },
      count: { type: 'integer', minimum: 3 },
    },
  };
  expect(sampleOf(schema)).toEqual({ success: false, list: ['NOT_FOUND'], count: 3 });
});

test('an example keeps its values and takes the order of the schema', () => {
  const inner = { type: 'object', required: ['id', 'city'], properties: { city: {}, id: {} } };
  const schema = { required: ['success', 'data'], properties: { data: { type: 'array', items: inner }, success: {} } };
  const example = { data: [{ city: '台北市', id: 1 }], more: 2, success: true };
  expect(JSON.stringify(exampleOf({ schema, example }))).toBe(
    '{"success":true,"data":[{"id":1,"city":"台北市"}],"more":2}',
  );
});
