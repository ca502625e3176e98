import { buildSchema, getVariableValues, type OperationDefinitionNode, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import description from '../../../docs/openapi.json?raw';
import sdl from '../../../schema.graphql?raw';
import { type Example, groups } from './examples.ts';
import { type Description, restExamples } from './restExamples.ts';

const schema = buildSchema(sdl);

const own = groups.flatMap(({ examples }) => examples);
const rest = restExamples(JSON.parse(description) as Description);

test('every document below examples/ is in the list once, with a title in both languages', () => {
  const documents = Object.values(
    import.meta.glob<string>('./examples/*.graphql', { query: '?raw', import: 'default', eager: true }),
  );
  expect(own.map(({ query }) => query).sort()).toEqual(documents.sort());
  for (const { title, kind } of own) {
    expect(title[0]).toMatch(/\p{Script=Han}/u);
    expect(title[1]).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
    expect(kind).toBeDefined();
  }
});

test.each([...own, ...rest].map((example) => [example.title[1], example]))(
  '“%s” and its variables fit the schema',
  (_, example) => expect(faultsOf(example)).toEqual([]),
);

test('the documents of REST are listed by the shortest route, each once', () => {
  const routes = rest.map(({ title }) => title[1]);
  expect(routes).toContain('POST /api/jobs/{id}/cancel');
  expect(routes).toContain('POST /login');
  expect(routes).not.toContain('POST /auth/login');
  expect(new Set(rest.map(({ query }) => query.replace(/^.*\n/, ''))).size).toBe(rest.length);
});

test('a document of REST comes with the values that its description shows', () => {
  const job = rest.find(({ title }) => title[1] === 'POST /api/jobs');
  expect(JSON.parse(job?.variables ?? '')).toMatchObject({ title: '居家清潔', estimatedAmount: 3000 });
});

test('p17 what changes something names no row that may be there', () => {
  const changes = [...own, ...rest].filter(({ kind }) => kind === 'mutation');
  expect(changes.length).toBeGreaterThan(20);
  expect(changes.filter(({ variables }) => /"[a-z]+_\d+"/.test(variables)).map(({ title }) => title[1])).toEqual([]);
});

/** What the gateway would refuse, and values that no variable takes. */
function faultsOf({ query, variables }: Example): string[] {
  const document = parse(query);
  const [definition] = document.definitions as OperationDefinitionNode[];
  const definitions = definition?.variableDefinitions ?? [];
  const values = JSON.parse(variables || '{}') as Record<string, unknown>;
  const declared = definitions.map(({ variable }) => variable.name.value);
  return [
    ...validate(schema, document).map(({ message }) => message),
    ...(getVariableValues(schema, definitions, values).errors ?? []).map(({ message }) => message),
    ...Object.keys(values).filter((name) => !declared.includes(name)),
  ];
}
