// Which documents are valid: graphql-js (16 and 17) and the gateway must agree on each row of
// tables/documents.js.
//
// graphql-js is given the schema that the gateway prints; the gateway is asked over HTTP. A document
// counts as invalid only if the gateway names its syntax or its validity as the reason: one that a limit
// on depth or cost refuses fails here.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as graphql16 from 'graphql';
import * as graphql17 from 'graphql17';
import { newerThanGraphqlJs16, refusedAsTooComplex } from './exceptions.js';
import { post, schema, schemaText } from './support/gateway.js';
import groups from './tables/documents.js';

const js16 = { ...graphql16, schema };
const js17 = { ...graphql17, schema: graphql17.buildSchema(schemaText) };

describe('Validation', () => {
  for (const [group, { valid, invalid }] of Object.entries(groups)) {
    describe(group, () => {
      for (const [what, row] of Object.entries(valid)) test(group, what, row, 'valid');
      for (const [what, row] of Object.entries(invalid)) test(group, what, row, 'invalid');
    });
  }

  it('shows every rule of graphql-js 16 by a good and a bad document', () => {
    for (const { name } of graphql16.specifiedRules) {
      const { valid, invalid } = groups[name] ?? assert.fail(`${name} has no group`);
      assert.ok(Object.keys(invalid).length > 0, `${name} has no bad document`);
      const canBeGood = name !== 'SingleFieldSubscriptionsRule' || schema.getSubscriptionType();
      assert.ok(!canBeGood || Object.keys(valid).length > 0, `${name} has no good document`);
    }
  });
});

function test(group, what, row, verdict) {
  const [source, variables] = [row].flat();
  it(`${what}: ${verdict}`, async () => {
    const said = { 16: judge(js16, source, group), 17: judge(js17, source, group) };
    const isNewer = newerThanGraphqlJs16[group]?.[what] !== undefined;
    assert.equal(said[16].verdict === verdict, !isNewer, `graphql-js 16: ${said[16].reasons}`);
    assert.equal(said[17].verdict, verdict, `graphql-js 17: ${said[17].reasons}`);
    if (said[16].rule && verdict === 'invalid' && !isNewer) assert.equal(said[16].ruleObjects, true);

    const answer = await ask(source, variables);
    const isTooComplex = refusedAsTooComplex[group]?.[what] !== undefined;
    assert.equal(answer.verdict, isTooComplex ? 'QUERY_TOO_COMPLEX (400)' : verdict, `gateway: ${answer.reasons}`);
  });
}

/** What graphql-js says, and whether the rule that the group is named after is among the reasons. */
function judge({ parse, validate, schema, specifiedRules }, source, group) {
  const rule = specifiedRules.find(({ name }) => name === group);
  let errors;
  let ruleObjects = false;
  try {
    const document = parse(source);
    errors = validate(schema, document);
    ruleObjects = rule !== undefined && validate(schema, document, [rule]).length > 0;
  } catch (error) {
    errors = [error];
  }
  const reasons = errors.map(({ message }) => message).join(' ');
  return { verdict: errors.length > 0 ? 'invalid' : 'valid', reasons, rule, ruleObjects };
}

/** What the gateway says: `valid`, `invalid`, or the codes and the status of any other refusal. */
async function ask(source, variables) {
  const { status, data, errors = [] } = await post(source, { variables });
  const codes = new Set(errors.map(({ extensions }) => extensions.code));
  const reasons = errors.map(({ message }) => message).join(' ');
  if (data !== undefined) return { verdict: 'valid', reasons };
  const about = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];
  const isInvalid = status === 400 && [...codes].every((code) => about.includes(code));
  return { verdict: isInvalid ? 'invalid' : `${[...codes]} (${status})`, reasons };
}
