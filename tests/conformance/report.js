// A reporter of node:test: prints docs/conformance.md from what has passed.
import { readFileSync } from 'node:fs';
import * as exceptions from './exceptions.js';

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What each suite compares the gateway with, by the name of its outermost `describe`. */
const suites = {
  'GraphQL over HTTP': 'all audits of `graphql-http`: MUST, SHOULD and MAY',
  Validation: 'verdicts of `graphql` (graphql-js) on a table of documents, by rule',
  'Failing fields': 'nulls, error paths, codes and order of keys of `graphql` when resolvers fail',
  Schema: 'rules of `@graphql-eslint` for schemas and for Relay; `relay-compiler` on a paginated fragment',
  REST: '`openapi-spec-validator`, and all checks of `schemathesis` on each operation',
};

export default async function* report(events) {
  const passed = new Map();
  let count = 0;
  for await (const { type, data } of events) {
    if (type !== 'test:pass' || data.skip !== undefined || data.todo !== undefined) continue;
    if (data.details.type !== 'suite') count += 1;
    else if (data.nesting === 0) {
      passed.set(data.name, count);
      count = 0;
    }
  }
  yield page(passed);
}

function page(passed) {
  const rows = Object.entries(suites).map(([name, against]) => [name, against, passed.get(name) ?? 'failed']);
  const versions = { ...JSON.parse(read('package.json')).devDependencies, ...pythonVersions() };
  return `# Conformance

Printed by \`tests/conformance.sh\`, which runs in CI and fails if this page is stale;
\`tests/conformance.sh --write\` renews it. The tests are in \`tests/conformance\`.

${tableOf(['suite', 'what the gateway is compared with', 'passed'], rows)}

## Exceptions

All that is left out, or measured otherwise, by name:

${tableOf(['where', 'what', 'why'], exceptionRows())}

## Versions

${tableOf(['package', 'version'], Object.entries(versions))}
`;
}

function exceptionRows() {
  const documents = [exceptions.wrongInGraphqlJs, exceptions.refusedAsTooComplex].flatMap(Object.entries);
  return [
    ...documents.flatMap(([group, rows]) =>
      Object.entries(rows).map(([what, why]) => ['Validation', `${group}: ${what}`, why]),
    ),
    ...Object.entries(exceptions.eslint).map(([what, why]) => ['Schema', what, why]),
    ...Object.entries(exceptions.schemathesis).map(([what, why]) => ['REST', what, why]),
  ];
}

function pythonVersions() {
  const lines = read('requirements.txt').trim().split('\n').map((line) => line.split('=='));
  return Object.fromEntries(lines.filter(([name]) => ['openapi-spec-validator', 'schemathesis'].includes(name)));
}

function tableOf(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
