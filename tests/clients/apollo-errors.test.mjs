// What Apollo Client makes of the gateway's refusals.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  gql,
} from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { from, switchMap } from 'rxjs';
import { ask, bearer, endpoint, jobInput, member } from './support/gateway.mjs';

const CREATE_JOB = gql`
  mutation CreateJob($input: CreateJobInput!) {
    createJob(input: $input) {
      job {
        id
      }
    }
  }
`;

test('a visitor who posts a job is told UNAUTHORIZED in extensions.code', async () => {
  const refusal = apollo().mutate({ mutation: CREATE_JOB, variables: { input: jobInput() } });
  await assert.rejects(refusal, (error) => {
    assert.ok(CombinedGraphQLErrors.is(error));
    assert.deepEqual(codes(error), ['UNAUTHORIZED']);
    assert.deepEqual(error.errors[0].path, ['createJob']);
    return true;
  });
});

test('a wrong token reaches the client as a GraphQL error, not as a broken transport', async () => {
  const refusal = apollo(bearer('wrong')).query({ query: gql`{ viewer { id } }` });
  await assert.rejects(refusal, (error) => {
    assert.ok(CombinedGraphQLErrors.is(error), String(error));
    assert.deepEqual(codes(error), ['UNAUTHORIZED']);
    return true;
  });
});

test('all wrong fields of an input are named together', async () => {
  const owner = await member();
  const refusal = apollo(owner.headers).mutate({
    mutation: CREATE_JOB,
    variables: { input: jobInput({ title: '', estimatedAmount: -1, jobType: 'unknown' }) },
  });
  await assert.rejects(refusal, (error) => {
    assert.deepEqual(codes(error), ['INVALID_REQUEST']);
    const fields = error.errors[0].extensions.fields.map((field) => field.path);
    assert.deepEqual(fields.sort(), ['estimatedAmount', 'jobType', 'title']);
    return true;
  });
});

test('with errorPolicy all, what could be answered is beside the error', async () => {
  const { data, error } = await apollo().query({
    query: gql`
      {
        jobTypes {
          slug
        }
        user(id: "user_1") {
          id
        }
      }
    `,
    errorPolicy: 'all',
  });
  assert.ok(data.jobTypes.some((type) => type.slug === 'general'));
  assert.equal(data.user, null);
  assert.deepEqual(codes(error), ['UNAUTHORIZED']);
});

test('an error link that refreshes the session repeats the refused query unseen', async () => {
  const person = await member();
  let token = 'worn out';
  const refresh = async () => {
    const { refreshToken } = await ask(
      'mutation ($token: String!) { refreshToken(input: {refreshToken: $token}) { token } }',
      { token: person.refreshToken },
    );
    token = refreshToken.token;
  };
  const signedIn = new SetContextLink(() => ({ headers: bearer(token) }));
  const refreshing = new ErrorLink(({ error, operation, forward }) => {
    if (CombinedGraphQLErrors.is(error) && codes(error).includes('UNAUTHORIZED')) {
      return from(refresh()).pipe(switchMap(() => forward(operation)));
    }
  });
  const link = ApolloLink.from([refreshing, signedIn, new HttpLink({ uri: endpoint })]);
  const client = new ApolloClient({ cache: new InMemoryCache(), link });

  const { data } = await client.query({ query: gql`{ viewer { id } }` });

  assert.equal(data.viewer.id, person.id);
});

const apollo = (headers = {}) =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: endpoint, headers }),
  });

const codes = (error) => error.errors.map((one) => one.extensions.code);
