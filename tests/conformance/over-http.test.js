// GraphQL over HTTP: every audit of the reference implementation's suite. Its SHOULDs and MAYs come back
// as warnings and notices; here they fail like a MUST.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverAudits } from 'graphql-http';
import { gateway } from './support/gateway.js';

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: `${gateway}/graphql` });
  assert.equal(audits.length, 61);

  for (const audit of audits) {
    it(`${audit.id} ${audit.name}`, async () => {
      const { status, reason } = await audit.fn();
      assert.equal(status, 'ok', reason);
    });
  }
});
