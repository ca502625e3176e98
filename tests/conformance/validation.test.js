// Which documents are valid: graphql-js 16 and the gateway must agree on each row of tables/documents.js.
//
// graphql-js is given the schema that the gateway prints; the gateway is asked over HTTP. A document
// counts as invalid only if the gateway names its syntax or its validity as the reason: one that a limit
// on depth or cost refuses fails here.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse, specifiedRules, validate } from 'graphql';
import { refusedAsTooComplex, wrongInGraphqlJs } from './exceptions.js';
import { post, schema } from './support/gateway.js';
import groups from './tables/documents.js';

describe('Validation', () => {
  for (const [group, { valid, invalid }] of Object.entries(groups)) {
    describe(group, () => {
      for (const [what, row] of Object.entries(valid)) test(group, what, row, 'valid');
      for (const [what, row] of Object.entries(invalid)) test(group, what, row, 'invalid');
    });
  }

  it('shows every rule of graphql-js by a good and a bad document', () => {
    for (const { name } of specifiedRules) {
      const { valid, invalid } = groups[name] ?? assert.fail(`${name} has no group`);
      assert.ok(Object.keys(invalid).length > 0, `${name} has no bad document`);
      assert.ok(Object.keys(valid).length > 0, `${name} has no good document`);
    }
  });
});

function test(group, what, row, verdict) {
  const [source, variables] = [row].flat();
  it(`${what}: ${verdict}`, async () => {
    const isWrong = wrongInGraphqlJs[group]?.[what] !== undefined;
    const said = judge(source, group);
    assert.equal(said.verdict === verdict, !isWrong, `graphql-js: ${said.verdict} ${said.reasons}`);
    if (said.rule && verdict === 'invalid' && !isWrong) assert.ok(said.ruleObjects, said.reasons);

    const answer = await ask(source, variables);
    const isTooComplex = refusedAsTooComplex[group]?.[what] !== undefined;
    assert.equal(answer.verdict, isTooComplex ? 'QUERY_TOO_COMPLEX (400)' : verdict, `gateway: ${answer.reasons}`);
  });
}

/** What graphql-js says, and whether the rule that the group is named after is among the reasons. */
function judge(source, group) {
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
  // A valid subscription is told by which ways it can be had.
  const needsStream = source.startsWith('subscription') && /text\/event-stream/.test(reasons);
  if (data !== undefined || needsStream) return { verdict: 'valid', reasons };
  const about = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];
  const isInvalid = status === 400 && [...codes].every((code) => about.includes(code));
  return { verdict: isInvalid ? 'invalid' : `${[...codes]} (${status})`, reasons };
}
