// Apollo Client with its subscription link: queries over HTTP, events over the socket of graphql-ws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { filter, firstValueFrom, from } from 'rxjs';
import WebSocket from 'ws';
import { endpoint, member, postJob, recordingFetch, renameJob } from './support/gateway.mjs';
import { JOB_UPDATED, eventually } from './support/live.mjs';

globalThis.WebSocket = WebSocket; // As in browsers; Node 20 has none, and Apollo looks for it.

const live = (name, body) => test(name, { timeout: 20_000 }, body);

const JOB = gql`
  query Job($id: ID!) {
    job(by: { id: $id }) {
      id
      title
    }
  }
`;

live('an event renames the job on screen without another query', async (t) => {
  const owner = await member();
  const id = await postJob(owner, { title: 'old title' });
  const fetching = recordingFetch();
  const client = apollo(t, owner.headers, fetching);
  const screen = client.watchQuery({ query: JOB, variables: { id } });
  screen.subscribe({});
  client.subscribe({ query: gql(JOB_UPDATED), variables: { id } }).subscribe({});

  const renamed = firstValueFrom(
    from(screen).pipe(filter(({ data }) => data?.job.title.startsWith('new'))),
  );
  let turn = 0;
  await eventually(renamed, () => renameJob(owner, id, `new title ${(turn += 1)}`));

  assert.deepEqual(
    fetching.sent.map(({ body }) => JSON.parse(body).operationName),
    ['Job'],
  );
});

function apollo(t, headers, fetch) {
  const sockets = createClient({
    url: endpoint.replace('http', 'ws'),
    connectionParams: headers,
    retryAttempts: 0,
  });
  t.after(() => sockets.dispose());
  const isSubscription = ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION;
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      isSubscription,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: endpoint, headers, fetch }),
    ),
  });
}
