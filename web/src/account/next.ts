/** The page of the portal to go to after signing in; never an address that a stranger's link names. */
export function pathAfterSignIn(next: string | null): string {
  const isOwnPath = next !== null && /^\/(?![/\\])/.test(next);
  return isOwnPath ? next : '/jobs';
}
