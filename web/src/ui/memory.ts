/** What the browser keeps for this person; where storage is forbidden, nothing. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`find-helper.${name}`);
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`find-helper.${name}`);
    else localStorage.setItem(`find-helper.${name}`, value);
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
    if (key === `find-helper.${name}`) listener(oldValue, newValue);
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
