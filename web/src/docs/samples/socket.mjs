// npm install graphql-ws ws
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const client = createClient({
  url: 'wss://gateway.example/graphql',
  webSocketImpl: WebSocket,
  connectionParams: {
    'X-API-Key': 'YOUR_API_KEY',
    'X-API-Secret': 'YOUR_API_SECRET',
  },
  retryAttempts: Infinity,
});

const events = client.iterate({
  query: 'subscription { jobPublished { cursor job { id title city } } }',
});
for await (const { data } of events) {
  const { job } = data.jobPublished;
  console.log(job.id, job.title, job.city);
}
