// The schema as tools see it: ESLint's rules for schemas and for Relay, and the compiler of a Relay app.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import graphql from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import config from './eslint.config.js';
import { root, schemaText } from './support/gateway.js';

const here = fileURLToPath(new URL('.', import.meta.url));

describe('Schema', () => {
  const messages = new Linter({ cwd: fileURLToPath(root) }).verify(schemaText, config, 'schema.graphql');
  const broken = (rule) => messages.filter(({ ruleId }) => ruleId === rule).map(said);

  it('can be linted', () => assert.deepEqual(messages.filter(({ fatal }) => fatal).map(said), []));

  for (const [name, setting] of Object.entries(config[0].rules)) {
    if (setting === 'off') continue;
    it(`keeps ${name}`, () => assert.deepEqual(broken(name), []));
  }

  it('uses every rule of both sets that has no exception', () => {
    const sets = ['flat/schema-recommended', 'flat/schema-relay'];
    const all = sets.flatMap((set) => Object.keys(graphql.configs[set].rules));
    const off = all.filter((name) => config[0].rules[name] === 'off');
    assert.deepEqual(off, ['@graphql-eslint/no-typename-prefix']);
  });

  it('lets relay-compiler compile a paginated and a refetchable fragment', () => {
    const generated = new URL('relay/__generated__/', import.meta.url);
    rmSync(generated, { recursive: true, force: true });
    mkdirSync(generated);
    execFileSync('node_modules/.bin/relay-compiler', ['relay.config.json'], { cwd: here, stdio: 'pipe' });
    const artifact = (name) => readFileSync(new URL(`${name}.graphql.js`, generated), 'utf8');
    assert.match(artifact('JobListPaginationQuery'), /jobs\(\S*first: \$count/);
    assert.match(artifact('JobRefetchQuery'), /node\(id: \$id\)/);
  });
});

function said({ line, message }) {
  return `schema.graphql:${line} ${message}`;
}
