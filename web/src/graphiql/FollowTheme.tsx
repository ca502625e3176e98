import { useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

import { explicitTheme } from './storage.ts';

/** Takes on the appearance that is chosen in another tab. */
export function FollowTheme() {
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    const onStorage = ({ key }: StorageEvent) => key === 'find-helper.theme' && setTheme(explicitTheme());
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, [setTheme]);
  return null;
}
