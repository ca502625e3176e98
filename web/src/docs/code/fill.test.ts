import { expect, test } from 'vitest';

import { fill } from './fill.ts';

test('the address stands in place of its placeholder, for sockets with their scheme', () => {
  const text = "'https://gateway.example/graphql' 'wss://gateway.example/graphql' YOUR_TOKEN";
  expect(fill(text, { origin: 'http://127.0.0.1:9' })).toBe(
    "'http://127.0.0.1:9/graphql' 'ws://127.0.0.1:9/graphql' YOUR_TOKEN",
  );
  expect(fill('YOUR_API_KEY YOUR_API_SECRET', { key: 'a', secret: 'b' })).toBe('a b');
});
