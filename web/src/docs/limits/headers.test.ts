import { expect, test } from 'vitest';

import { quotas } from './headers.ts';

test('both headers together tell each limit and what is left of it', () => {
  const headers = new Headers({
    'RateLimit-Policy': '"address";q=60;w=60, "cost";q=500000;w=60',
    RateLimit: '"address";r=59;t=60, "cost";r=499997;t=60',
  });
  expect(quotas(headers)).toEqual([
    { policy: 'address', limit: 60, window: 60, remaining: 59 },
    { policy: 'cost', limit: 500_000, window: 60, remaining: 499_997 },
  ]);
  expect(quotas(new Headers())).toEqual([]);
});
