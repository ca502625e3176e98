import { expect, test } from 'vitest';

import { withoutSecrets } from './secrets.ts';

test('headers, passwords, tokens, secrets and codes are not kept, everything else is', () => {
  const tab = {
    query: 'mutation { login(input: { email: "ann@example.org", password: "a \\" b", code: """1\n2""" }) { token } }',
    variables: '{ "input": { "newPassword": "p", "refreshToken":"t", "city": "台北市", "first": 5 } }',
    headers: '{ "X-API-Secret": "s" }',
  };
  expect(JSON.parse(withoutSecrets(JSON.stringify({ tabs: [tab], activeTabIndex: 0 })))).toEqual({
    tabs: [
      {
        query: 'mutation { login(input: { email: "ann@example.org", password: "", code: "" }) { token } }',
        variables: '{ "input": { "newPassword": "", "refreshToken":"", "city": "台北市", "first": 5 } }',
        headers: null,
      },
    ],
    activeTabIndex: 0,
  });
  for (const text of ['0.4', 'ltr', '', '{']) expect(withoutSecrets(text)).toBe(text);
});
