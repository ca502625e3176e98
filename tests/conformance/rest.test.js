// The REST routes against what /openapi.json says of them: the document is valid OpenAPI 3.1, and
// Schemathesis finds no request that is answered otherwise. Settings: schemathesis.toml.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createApiKey, gateway } from './support/gateway.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const openapi = await (await fetch(`${gateway}/openapi.json`)).json();
const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);

describe('REST', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  let result;
  let report;
  before(() => {
    result = fuzz(join(folder, 'report.json'));
    report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is described by a valid OpenAPI 3.1 document', () => {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(openapi));
    const { status, stdout, stderr } = python('openapi-spec-validator', ['--schema', '3.1', file]);
    assert.equal(status, 0, stdout + stderr);
  });

  for (const operation of operations) {
    it(`${operation} keeps its description`, () => {
      assert.ok(operation in report.valid_rates, 'nothing got past the credentials');
      const failures = report.failures.filter((failure) => failure.operations.includes(operation));
      assert.deepEqual(failures, [], result.stdout);
    });
  }

  it('keeps its description along chains of requests, and nowhere else is an error', () => {
    assert.equal(report.operations.tested, operations.length);
    assert.equal(report.phases.stateful.status, 'success', result.stdout);
    assert.deepEqual([report.failures, report.errors], [[], []]);
    assert.equal(result.status, 0, result.stdout);
  });
});

/** One run of all checks over all operations; takes a minute or two. */
function fuzz(report) {
  const { key, secret } = createApiKey();
  const env = { API_KEY: key, API_SECRET: secret };
  const options = ['--report', 'json', '--report-json-path', report, '--no-color'];
  return python('st', ['run', `${gateway}/openapi.json`, ...options], env);
}

function python(program, args, env = {}) {
  const path = join(here, '.venv/bin', program);
  return spawnSync(path, args, { cwd: here, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 27 });
}
