import { useEffect, useEffectEvent, useState } from 'react';

import { useSession } from '../app/session.tsx';
import { LoginDocument } from '../graphql/generated.ts';
import type { Problem } from '../graphql/problem.ts';
import { useAction } from '../graphql/use.ts';
import { keepRegistered, onVerified, registeredHere } from './registered.ts';

export interface Entry {
  entered: 'here' | 'elsewhere' | undefined;
  enter(): void;
  pending: boolean;
  problem: Problem | null;
}

/**
 * Signs in with what was registered in this tab: when it is asked to, or when the mail was followed in
 * another tab, which then goes on in place of this one.
 */
export function useEntry(): Entry {
  const { signedIn } = useSession();
  const login = useAction(LoginDocument);
  const [entered, setEntered] = useState<'here' | 'elsewhere'>();

  async function enter(where: 'here' | 'elsewhere') {
    const registered = registeredHere();
    if (!registered || login.pending || entered) return;
    const done = await login.run({ input: { ...registered, transport: 'COOKIE' } });
    if (!done) return;
    keepRegistered(null);
    signedIn(done.login.expiresIn);
    setEntered(where);
  }

  const onFollowed = useEffectEvent(() => void enter('elsewhere'));
  useEffect(() => {
    const end = onVerified(() => onFollowed());
    return () => {
      end();
      keepRegistered(null);
    };
  }, []);
  return { entered, enter: () => void enter('here'), pending: login.pending, problem: login.problem };
}
