/** Header names that say who asks, as `connection_init` takes them too. */
const NAMES = ['authorization', 'x-api-key', 'x-api-secret'];

/** Those of the header editor's headers that are credentials; null if cookies say who asks. */
export function credentialsOf(headers: Record<string, unknown> = {}): Record<string, unknown> | null {
  const found = Object.entries(headers).filter(([name]) => NAMES.includes(name.toLowerCase()));
  return found.length ? Object.fromEntries(found) : null;
}
