import { buildSchema, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';

import sdl from '../../../schema.graphql?raw';
import { fields } from './fields.ts';

const files = import.meta.glob<string>('./{JobFields,WhenFields,DistrictField,TypeChoice}.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const form = Object.values(files).join('');

test.each(Object.keys(fields))('the form asks for %s', (name) => {
  const asked = form.includes(`name="${name}"`) || form.includes(`field('${name}')`);
  expect(asked).toBe(true);
});

test('moments of a job, and they alone, are named as such', () => {
  const input = buildSchema(sdl).getType('CreateJobInput');
  const all = isInputObjectType(input) ? Object.values(input.getFields()) : [];
  const moments = all.filter(({ type }) => String(type).startsWith('DateTime')).map(({ name }) => name);
  expect(moments).toEqual(all.map(({ name }) => name).filter((name) => name.endsWith('At')));
  expect(moments).toContain('scheduledAt');
});
