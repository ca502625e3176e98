import { expect, test, vi } from 'vitest';

import { isBesidePortal, pathAfterSignIn, rememberedNext, rememberNext, signInPath } from './next.ts';

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

test('one door leads on to where the other would', () => {
  expect(signInPath('/jobs/job_7', '?x')).toBe('/login?next=%2Fjobs%2Fjob_7%3Fx');
  expect(signInPath('/login', '?next=%2Fjobs%2Fnew', '/register')).toBe('/register?next=%2Fjobs%2Fnew');
  expect(signInPath('/register', '')).toBe('/login');
});

test('where to go on outlives the way to the mail, for a day', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  rememberNext('/jobs/new', 0);
  expect(rememberedNext(86_399_999)).toBe('/jobs/new');
  expect(rememberedNext(86_400_000)).toBeNull();
  rememberNext(null);
  expect(rememberedNext(1)).toBeNull();
  vi.unstubAllGlobals();
});
