import { createLocalStorage, type Storage } from '@graphiql/toolkit';

/** Where GraphiQL keeps tabs and history: in memory when the browser forbids storage. */
export const storage = storageIsAllowed()
  ? createLocalStorage({ namespace: 'find-helper' })
  : createMemoryStorage();

function storageIsAllowed(): boolean {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}

function createMemoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    get length() {
      return items.size;
    },
  };
}
