import { base } from '../base.ts';

/** Gateways below different paths of one host share its storage, and have accounts of their own. */
const keyOf = (name: string) => `find-helper${base}.${name}`;

/** What the browser keeps for this person; where storage is forbidden, nothing. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), value);
  } catch {
    // It lasts as long as the page then.
  }
}

/** Tells what another tab has remembered or forgotten. Returns what ends the telling. */
export function onRememberedElsewhere(
  name: string,
  listener: (before: string | null, after: string | null) => void,
): () => void {
  const onStorage = ({ key, oldValue, newValue }: StorageEvent) => {
    if (key === keyOf(name)) listener(oldValue, newValue);
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
