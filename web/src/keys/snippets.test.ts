import { expect, test } from 'vitest';

import { SNIPPETS, snippet } from './snippets.ts';

test('every snippet asks this gateway with this key and secret', () => {
  for (const { id } of SNIPPETS) {
    const text = snippet(id, { origin: 'https://gateway.example', key: 'fhk_a', secret: 'fhs_b' });
    for (const part of ['https://gateway.example/api/jobs', 'fhk_a', 'fhs_b']) expect(text).toContain(part);
  }
});
