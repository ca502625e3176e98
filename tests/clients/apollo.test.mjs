// Apollo Client as its documentation sets it up: queries, its normalised cache, pages, mutations.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { filter, firstValueFrom, from } from 'rxjs';
import {
  ask,
  endpoint,
  jobInput,
  member,
  postJob,
  postJobs,
  recordingFetch,
  renameJob,
} from './support/gateway.mjs';

const OWN_JOBS = gql`
  query OwnJobs($owner: ID!, $first: Int, $after: String) {
    jobs(filter: { owner: $owner }, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
        hasPreviousPage
        startCursor
      }
    }
  }
`;
const JOB = gql`
  query Job($id: ID!) {
    node(id: $id) {
      id
      ... on Job {
        title
        estimatedAmount
        owner {
          id
          name
        }
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
        status
      }
    }
  }
`;

test('a query with variables brings the selected fields', async () => {
  const owner = await member('林小美');
  const id = await postJob(owner, { title: '遛狗', estimatedAmount: 450 });
  const { data } = await apollo().query({ query: JOB, variables: { id } });
  assert.deepEqual(data.node, {
    __typename: 'Job',
    id,
    title: '遛狗',
    estimatedAmount: 450,
    owner: { __typename: 'User', id: owner.id, name: '林小美' },
  });
});

test('two queries that meet the same job share one cached object by its global id', async () => {
  const owner = await member();
  const id = await postJob(owner, { title: 'old title' });
  const client = apollo();
  const list = { query: OWN_JOBS, variables: { owner: owner.id } };
  await client.query(list);
  await renameJob(owner, id, 'new title');

  await client.query({ query: JOB, variables: { id } });

  assert.equal(titles(client.readQuery(list))[0], 'new title');
  assert.ok(client.extract()[`Job:${id}`]);
});

test('relayStylePagination joins the pages of jobs without gaps and repetitions', async () => {
  const owner = await member();
  const ids = await postJobs(owner, ['1', '2', '3', '4', '5']);
  const client = apollo();
  const list = client.watchQuery({ query: OWN_JOBS, variables: { owner: owner.id, first: 2 } });

  list.subscribe({});

  for (let page = 1; page < 3; page += 1) {
    const { jobs } = await shown(list);
    await list.fetchMore({ variables: { after: jobs.pageInfo.endCursor } });
  }

  const { jobs } = await shown(list);
  assert.equal(jobs.pageInfo.hasNextPage, false);
  assert.deepEqual(
    jobs.edges.map((edge) => edge.node.id),
    ids.reverse(),
  );
});

test('a job posted between two pages does not move the second page', async () => {
  const owner = await member();
  await postJobs(owner, ['1', '2', '3', '4']);
  const client = apollo();
  const list = client.watchQuery({ query: OWN_JOBS, variables: { owner: owner.id, first: 2 } });
  list.subscribe({});
  const { jobs } = await shown(list);

  await postJob(owner, { title: '5' });
  await list.fetchMore({ variables: { after: jobs.pageInfo.endCursor } });

  assert.deepEqual(titles(await shown(list)), ['4', '3', '2', '1']);
});

test('a signed-in person posts a job', async () => {
  const owner = await member();
  const { data } = await apollo(owner.headers).mutate({
    mutation: CREATE_JOB,
    variables: { input: jobInput({ title: '搬家' }) },
  });
  const { job } = data.createJob;
  assert.deepEqual([job.title, job.status], ['搬家', 'PUBLISHED']);
  const { node } = await ask('query ($id: ID!) { node(id: $id) { id } }', { id: job.id });
  assert.equal(node.id, job.id);
});

test('the answer of updateJob refreshes what a list shows, without another request', async () => {
  const owner = await member();
  const id = await postJob(owner, { title: 'old title' });
  const fetching = recordingFetch();
  const client = apollo(owner.headers, { fetch: fetching });
  const list = { query: OWN_JOBS, variables: { owner: owner.id } };
  await client.query(list);

  await client.mutate({
    mutation: gql`
      mutation Rename($id: ID!) {
        updateJob(input: { id: $id, title: "new title" }) {
          job {
            id
            title
          }
        }
      }
    `,
    variables: { id },
  });

  assert.deepEqual(titles((await client.query(list)).data), ['new title']);
  assert.equal(fetching.sent.length, 2);
});

function apollo(headers = {}, options = {}) {
  return new ApolloClient({
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { jobs: relayStylePagination(['filter', 'orderBy']) } } },
    }),
    link: new HttpLink({ uri: endpoint, headers, ...options }),
  });
}

/** What a page that watches this query shows once nothing is loading. */
async function shown(list) {
  const { data } = await firstValueFrom(from(list).pipe(filter(({ loading }) => !loading)));
  return data;
}

const titles = (data) => data.jobs.edges.map((edge) => edge.node.title);
