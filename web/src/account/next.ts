/** The page to go to after signing in; never an address that a stranger's link names. */
export function pathAfterSignIn(next: string | null): string {
  const isOwnPath = next !== null && /^\/(?![/\\])/.test(next);
  return isOwnPath ? next : '/jobs';
}

/** Whether a path is that of a page beside the portal, which the browser has to load. */
export function isBesidePortal(path: string): boolean {
  return path === '/graphql';
}

/** Where to sign in and come back from. */
export function signInPath(path: string, search = ''): string {
  return `/login?next=${encodeURIComponent(path + search)}`;
}
