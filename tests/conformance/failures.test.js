// What failing fields do to an answer: nulls, error paths, codes and the order of keys are graphql-js's.
//
// Each query of tables/failures.js runs three times: on the healthy gateway; on the same gateway while its
// database is broken; and in graphql-js, whose resolvers give the healthy answer's values again and throw
// in the fields that the table names. The last two must be the same to the byte.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { GraphQLError, executeSync, parse } from 'graphql';
import { login, post, schema, sql } from './support/gateway.js';
import table from './tables/failures.js';

describe('Failing fields', () => {
  let token;
  let variables;
  before(async () => {
    token = (await login()).token;
    variables = { job: await jobWithEverything(token), open: await openJob() };
  });

  for (const [what, [broken, query]] of Object.entries(table)) {
    it(what, async () => {
      const options = { token: broken.isVisitor ? undefined : token, variables };
      const healthy = await post(query, options);
      assert.ok(healthy.data && (!healthy.errors || !broken.breaks), JSON.stringify(healthy));

      const failing = await whileBroken(broken, () => post(query, options));
      const expected = executeInGraphqlJs(query, variables, healthy.data, broken);
      assert.equal(JSON.stringify(failing.data, null, 1), JSON.stringify(expected.data, null, 1));
      assert.deepEqual(summary(failing), summary(expected));
    });
  }
});

async function whileBroken({ breaks, mends }, use) {
  if (breaks) sql(breaks);
  try {
    return await use();
  } finally {
    if (mends) sql(mends);
  }
}

/** Executes a query on the values of an earlier answer: its own tree of response keys is the root value. */
function executeInGraphqlJs(source, variableValues, rootValue, { fails, code = 'INTERNAL_ERROR' }) {
  const failure = (message) => new GraphQLError(message, { extensions: { code } });
  const fieldResolver = (parent, _args, _context, { path, parentType, fieldName, returnType }) => {
    const field = `${parentType}.${fieldName}`;
    if (fails.includes(field)) throw failure(field);
    const value = parent[path.key];
    if (!fails.includes(`${field}[]`)) return value;
    return value.map((item) => (item.__typename === 'Job' ? failure(`${field} of ${returnType}`) : item));
  };
  const typeResolver = (value) => value.__typename;
  return executeSync({ schema, document: parse(source), rootValue, variableValues, fieldResolver, typeResolver });
}

/** Where and with which code; the order in which errors are found is nobody's business. */
function summary({ errors = [] }) {
  return errors.map(({ path, extensions }) => `${path.join('.')} ${extensions.code}`).sort();
}

/** A job of the account that was done by somebody, with its application and its events. */
async function jobWithEverything(token) {
  const query = '{ viewer { id } jobs(first: 100, filter: { status: COMPLETED }) { nodes { id owner { id } } } }';
  const { viewer, jobs } = (await post(query, { token })).data;
  const own = jobs.nodes.find(({ owner }) => owner.id === viewer.id);
  return own?.id ?? assert.fail('the account has no completed job');
}

async function openJob() {
  const { data } = await post('{ jobs(first: 1) { nodes { id } } }');
  return data.jobs.nodes[0].id;
}
