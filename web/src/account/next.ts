/** The page of the portal to go to after signing in; never an address that a stranger's link names. */
export function pathAfterSignIn(next: string | null): string {
  const isOwnPath = next !== null && /^\/(?![/\\])/.test(next);
  return isOwnPath ? next : '/jobs';
}

/** Where to sign in and come back from. */
export function signInPath(path: string, search = ''): string {
  return `/login?next=${encodeURIComponent(path + search)}`;
}
