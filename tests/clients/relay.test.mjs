// The runtime of Relay with artifacts that relay-compiler made from schema.graphql; no React.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import relay from 'relay-runtime';
import { endpoint, jobInput, member, postJob, postJobs, renameJob } from './support/gateway.mjs';
import JobListCreateMutation from './relay/__generated__/JobListCreateMutation.graphql.js';
import JobListJobQuery from './relay/__generated__/JobListJobQuery.graphql.js';
import JobListQuery from './relay/__generated__/JobListQuery.graphql.js';
import JobList_job from './relay/__generated__/JobList_job.graphql.js';
import JobList_query from './relay/__generated__/JobList_query.graphql.js';

const { ConnectionHandler, Environment, Network, RecordSource, Store } = relay;

test('loadNext over the connection brings every further page once', async () => {
  const owner = await member();
  const ids = await postJobs(owner, ['1', '2', '3', '4', '5']);
  const list = await openList({ owner: owner.id, count: 2 });

  await list.loadNext(2);
  assert.equal(list.hasNext(), true);
  await list.loadNext(2);

  assert.deepEqual(list.ids(), ids.reverse());
  assert.equal(list.hasNext(), false);
});

test('a job posted between two pages neither repeats nor hides another', async () => {
  const owner = await member();
  await postJobs(owner, ['1', '2', '3', '4']);
  const list = await openList({ owner: owner.id, count: 2 });

  await postJob(owner, { title: '5' });
  await list.loadNext(2);

  assert.deepEqual(list.titles(), ['4', '3', '2', '1']);
});

test('a refetch of one job through node updates the list that shows it', async () => {
  const owner = await member();
  const id = await postJob(owner, { title: 'old title' });
  const list = await openList({ owner: owner.id, count: 2 });
  await renameJob(owner, id, 'new title');

  await relay.fetchQuery(list.environment, JobListJobQuery, { id }).toPromise();

  assert.deepEqual(list.titles(), ['new title']);
});

test('a posted job is put in front of the list by its global id', async () => {
  const owner = await member();
  await postJob(owner, { title: 'first' });
  const list = await openList({ owner: owner.id, count: 2 }, owner.headers);

  await list.create(jobInput({ title: 'second' }));

  assert.deepEqual(list.titles(), ['second', 'first']);
});

test('a refused mutation rejects with the code and leaves the list alone', async () => {
  const owner = await member();
  await postJob(owner, { title: 'first' });
  const list = await openList({ owner: owner.id, count: 2 });

  const refusal = list.create(jobInput());

  await assert.rejects(refusal, ({ source }) => source.errors[0].extensions.code === 'UNAUTHORIZED');
  assert.deepEqual(list.titles(), ['first']);
});

/** What a component with usePaginationFragment does: its first query, then loadNext. */
async function openList(variables, headers = {}) {
  const environment = newEnvironment(headers);
  const query = relay.createOperationDescriptor(JobListQuery, variables);
  environment.retain(query);
  await relay.fetchQuery(environment, JobListQuery, variables).toPromise();

  const selector = relay.getSingularSelector(JobList_query, environment.lookup(query.fragment).data);
  const pagination = relay.getPaginationMetadata(JobList_query, 'JobList');
  const jobs = () => environment.lookup(selector).data.jobs;
  const shown = ({ node }) => environment.lookup(relay.getSingularSelector(JobList_job, node)).data;

  return {
    environment,
    create(input) {
      const filters = { filter: { owner: variables.owner } };
      const id = ConnectionHandler.getConnectionID('client:root', 'JobList_jobs', filters);
      return mutate(environment, JobListCreateMutation, { input, connections: [id] });
    },
    loadNext(count) {
      const next = relay.getPaginationVariables(
        'forward',
        count,
        jobs().pageInfo.endCursor,
        { ...selector.owner.variables, ...selector.variables },
        {},
        pagination.paginationMetadata,
      );
      const page = relay.createOperationDescriptor(pagination.paginationRequest, next, {
        force: true,
      });
      environment.retain(page);
      return environment.execute({ operation: page }).toPromise();
    },
    hasNext: () => jobs().pageInfo.hasNextPage,
    ids: () => jobs().edges.map(({ node }) => node.id),
    titles: () => jobs().edges.map((edge) => shown(edge).title),
  };
}

function newEnvironment(headers) {
  const network = Network.create(async ({ text, name }, variables) => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return answer.json();
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

const mutate = (environment, mutation, variables) =>
  new Promise((onCompleted, onError) => {
    relay.commitMutation(environment, { mutation, variables, onCompleted, onError });
  });
