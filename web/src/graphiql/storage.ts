import { createLocalStorage, type Storage } from '@graphiql/toolkit';

import { base } from '../base.ts';
import { applyTheme, chosenTheme, type Theme } from '../ui/theme.ts';
import { withoutSecrets } from './secrets.ts';

const TABS = 'graphiql:tabState';
const THEME = 'graphiql:theme';

/** Tabs and history; in memory when the browser forbids storage. */
const kept = storageIsAllowed() ? createLocalStorage({ namespace: `find-helper${base}` }) : createMemoryStorage();

/** Where GraphiQL keeps what it remembers; the appearance is the portal's. */
export const storage: Storage = {
  getItem: (key) => (key === THEME ? explicitTheme() : kept.getItem(key)),
  setItem: (key, value) => (key === THEME ? applyTheme(value as Theme) : kept.setItem(key, withoutSecrets(value))),
  removeItem: (key) => (key === THEME ? applyTheme('system') : kept.removeItem(key)),
  clear: () => kept.clear(),
  get length() {
    return kept.length;
  },
};

/** Before GraphiQL has kept anything. */
export const isFirstVisit = kept.getItem(TABS) === null;

/** Null follows the system. */
export function explicitTheme(): 'light' | 'dark' | null {
  const theme = chosenTheme();
  return theme === 'system' ? null : theme;
}

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
