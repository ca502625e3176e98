import { expect, test } from 'vitest';

import { isBesidePortal, pathAfterSignIn } from './next.ts';

test('signing in leads back to the page that asked for it', () => {
  expect(pathAfterSignIn('/keys/key_7?days=7')).toBe('/keys/key_7?days=7');
});

test('a link of a stranger leads nowhere else', () => {
  for (const next of [null, '', 'keys', '//evil.example', '/\\evil.example', 'https://evil.example']) {
    expect(pathAfterSignIn(next)).toBe('/jobs');
  }
});

test('of what lies beside the portal only GraphiQL is led back to, and nothing after its address', () => {
  expect(isBesidePortal(pathAfterSignIn('/graphql'))).toBe(true);
  for (const next of ['/graphql?query=x', '/graphql/', '/graphql#x', '//graphql', '/logout', '/keys']) {
    expect(isBesidePortal(pathAfterSignIn(next))).toBe(false);
  }
});
