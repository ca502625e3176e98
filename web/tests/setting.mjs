import assert from 'node:assert/strict';

/** What the environment says of the gateway under test. */
export function setting(name) {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}
