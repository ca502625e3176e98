// urql as its documentation sets it up: the document cache before the fetch exchange.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core';
import { endpoint, jobInput, member, postJob, recordingFetch } from './support/gateway.mjs';

const OWN_JOBS = gql`
  query OwnJobs($owner: ID!) {
    jobs(filter: { owner: $owner }) {
      nodes {
        id
        title
      }
    }
  }
`;
const CREATE_JOB = gql`
  mutation CreateJob($input: CreateJobInput!) {
    createJob(input: $input) {
      job {
        id
        title
      }
    }
  }
`;

test('a query with variables brings the selected fields', async () => {
  const owner = await member();
  const id = await postJob(owner, { title: '修水管' });
  const { data, error } = await urql().client.query(OWN_JOBS, { owner: owner.id });
  assert.equal(error, undefined);
  assert.deepEqual(shown(data), [{ id, title: '修水管' }]);
});

test('a query that was answered is answered again from the document cache', async () => {
  const owner = await member();
  await postJob(owner, { title: '修水管' });
  const { client, sent } = urql();
  const first = await client.query(OWN_JOBS, { owner: owner.id });
  const second = await client.query(OWN_JOBS, { owner: owner.id });
  assert.deepEqual(second.data, first.data);
  assert.equal(sent.length, 1);
});

test('a list on screen shows a job as soon as createJob has answered', async () => {
  const owner = await member();
  await postJob(owner, { title: 'first' });
  const { client } = urql(owner.headers);
  const screen = client.query(OWN_JOBS, { owner: owner.id });
  const shows = (count) =>
    new Promise((resolve) => {
      const { unsubscribe } = screen.subscribe(({ data }) => {
        if (data?.jobs.nodes.length !== count) return;
        queueMicrotask(() => unsubscribe());
        resolve(data.jobs.nodes.map((job) => job.title));
      });
    });
  await shows(1);
  const updated = shows(2);

  const { error } = await client.mutation(CREATE_JOB, { input: jobInput({ title: 'second' }) });

  assert.equal(error, undefined);
  assert.deepEqual(await updated, ['second', 'first']);
});

test('queries go over GET, mutations over POST, and the gateway answers both', async () => {
  const owner = await member();
  const { client, sent } = urql(owner.headers);
  const mutation = await client.mutation(CREATE_JOB, { input: jobInput({ title: '代購' }) });
  const query = await client.query(OWN_JOBS, { owner: owner.id });
  assert.deepEqual(
    sent.map(({ method }) => method),
    ['POST', 'GET'],
  );
  assert.equal(shown(query.data)[0].id, mutation.data.createJob.job.id);
});

test('a refusal is a GraphQL error with its code and path', async () => {
  const { data, error } = await urql().client.mutation(CREATE_JOB, { input: jobInput() });
  assert.equal(data, null);
  assert.equal(error.networkError, undefined);
  assert.deepEqual(
    error.graphQLErrors.map(({ path, extensions }) => [path, extensions.code]),
    [[['createJob'], 'UNAUTHORIZED']],
  );
});

test('what could be answered stands beside the error of what could not', async () => {
  const query = '{ jobTypes { slug } user(id: "user_1") { id } }';
  const { data, error } = await urql().client.query(query, {});
  assert.ok(data.jobTypes.length > 0);
  assert.equal(data.user, null);
  assert.equal(error.graphQLErrors[0].extensions.code, 'UNAUTHORIZED');
});

test('a field that the schema lacks is named in a GraphQL error', async () => {
  const { error } = await urql().client.query('{ jobs { nodes { salary } } }', {});
  assert.equal(error.networkError, undefined);
  assert.equal(error.graphQLErrors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  assert.match(error.message, /salary/);
});

function urql(headers = {}) {
  const recording = recordingFetch();
  const client = new Client({
    url: endpoint,
    exchanges: [cacheExchange, fetchExchange],
    fetch: recording,
    fetchOptions: { headers },
  });
  return { client, sent: recording.sent };
}

const shown = (data) => data.jobs.nodes.map(({ id, title }) => ({ id, title }));
