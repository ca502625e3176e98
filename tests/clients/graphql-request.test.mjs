// graphql-request: the thin client of scripts and servers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { ClientError, GraphQLClient, gql, rawRequest, request } from 'graphql-request';
import { apiKey, bearer, endpoint, jobInput, member, postJob } from './support/gateway.mjs';

const CREATE_JOB = gql`
  mutation CreateJob($input: CreateJobInput!) {
    createJob(input: $input) {
      job {
        id
        databaseId
        title
        status
      }
    }
  }
`;

test('a one-line request needs nothing but the address', async () => {
  const { jobTypes } = await request(endpoint, '{ jobTypes { slug labelZh } }');
  assert.ok(jobTypes.some(({ slug }) => slug === 'cleaning'));
});

test('a document node, as code generators make it, is sent with its variables', async () => {
  const owner = await member();
  const id = await postJob(owner, { title: '家教' });
  const document = parse('query Title($id: ID!) { job(by: {id: $id}) { title } }');
  assert.deepEqual(await request({ url: endpoint, document, variables: { id } }), {
    job: { title: '家教' },
  });
});

test('headers of the client make it a signed-in person', async () => {
  const owner = await member();
  const client = new GraphQLClient(endpoint, { headers: owner.headers });
  const { createJob } = await client.request(CREATE_JOB, { input: jobInput({ title: '搬家' }) });
  assert.deepEqual([createJob.job.title, createJob.job.status], ['搬家', 'PUBLISHED']);
});

test('headers of the client may be an API key and its secret', async () => {
  const owner = await member();
  const client = new GraphQLClient(endpoint, { headers: await apiKey(owner) });
  const { createJob } = await client.request(CREATE_JOB, { input: jobInput() });
  const { job } = await client.request(
    'query ($number: ID!) { job(by: {databaseId: $number}) { owner { id } } }',
    { number: createJob.job.databaseId },
  );
  assert.equal(job.owner.id, owner.id);
});

test('headers of one request beat those of the client', async () => {
  const [ann, bob] = [await member('Ann'), await member('Bob')];
  const client = new GraphQLClient(endpoint, { headers: ann.headers });
  const { viewer } = await client.request('{ viewer { name } }', {}, bob.headers);
  assert.equal(viewer.name, 'Bob');
});

test('a refusal carries code, message, status and the query that caused it', async () => {
  const refusal = request(endpoint, CREATE_JOB, { input: jobInput() });
  await assert.rejects(refusal, (error) => {
    assert.ok(error instanceof ClientError);
    assert.equal(error.response.status, 200);
    assert.equal(error.response.errors[0].extensions.code, 'UNAUTHORIZED');
    assert.equal(error.request.query, CREATE_JOB);
    return true;
  });
});

test('a request that never reached a resolver has the status of its code', async () => {
  const client = new GraphQLClient(endpoint, { headers: bearer('wrong') });
  await assert.rejects(client.request('{ viewer { id } }'), ({ response }) => {
    assert.equal(response.status, 401);
    assert.equal(response.errors[0].extensions.code, 'UNAUTHORIZED');
    return true;
  });
});

test('messages come in the language that the client asks for', async () => {
  const message = async (language) => {
    const client = new GraphQLClient(endpoint, { headers: { 'Accept-Language': language } });
    const refusal = await client.request(CREATE_JOB, { input: jobInput() }).catch((error) => error);
    return refusal.response.errors[0].message;
  };
  assert.match(await message('zh-TW'), /\p{Script=Han}/u);
  assert.match(await message('en'), /^[\x20-\x7e]+$/);
});

test('a raw request shows how many requests are left', async () => {
  const { data, status, headers } = await rawRequest(endpoint, '{ viewer { id } }');
  assert.deepEqual([status, data], [200, { viewer: null }]);
  assert.ok(Number(headers.get('X-RateLimit-Remaining')) < Number(headers.get('X-RateLimit-Limit')));
});

test('errorPolicy all hands out the data and the errors of one answer', async () => {
  const client = new GraphQLClient(endpoint, { errorPolicy: 'all' });
  const { data, errors } = await client.rawRequest('{ jobTypes { slug } user(id: "user_1") { id } }');
  assert.equal(data.user, null);
  assert.ok(data.jobTypes.length > 0);
  assert.equal(errors[0].extensions.code, 'UNAUTHORIZED');
});
