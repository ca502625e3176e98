import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { Provider } from 'urql';

import { connect } from '../graphql/client.ts';
import { ViewerDocument, type ViewerQuery } from '../graphql/generated.ts';
import { type Problem, problemOf, UNREACHABLE } from '../graphql/problem.ts';
import { forgetAccess, isRenewalDue, noteAccess, onAccessElsewhere } from '../graphql/renewal.ts';
import { useWords } from '../i18n/language.tsx';

export type Member = NonNullable<ViewerQuery['viewer']>;

interface Session {
  /** Undefined until it is known, null for visitors. */
  viewer: Member | null | undefined;
  problem: Problem | null;
  /** The session ended by itself, and nobody has been told so far. */
  ended: boolean;
  endIsTold(): void;
  /** After signing in, with the seconds that the access cookie lives. */
  signedIn(expiresIn: number): void;
  signedOut(): void;
  reload(): void;
}

const SessionContext = createContext<Session | null>(null);

/** Who is signed in, and the client that asks for them: each sign-in begins with an empty cache. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { language } = useWords();
  const [round, setRound] = useState(0);
  const [viewer, setViewer] = useState<Member | null>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [ended, setEnded] = useState(false);
  const endIsTold = useCallback(() => setEnded(false), []);
  const gateway = useMemo(() => {
    const ask = () => setRound((before) => before + 1);
    const onEnded = () => {
      setViewer(null);
      setEnded(true);
      ask();
    };
    return connect(language, { onEnded, onReadmitted: ask });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- each round has a client of its own.
  }, [language, round]);

  useEffect(() => {
    let current = true;
    async function ask() {
      const asked = gateway.client.query(ViewerDocument, {}, { requestPolicy: 'network-only' });
      const { data, error } = await asked.toPromise();
      if (!current) return;
      const found = error ? problemOf(error) : null;
      setProblem(found?.code === 'UNAUTHORIZED' ? null : found);
      // Where the renewal of the cookie was not answered, a visitor's answer says nothing of the session.
      if (data && !data.viewer && isRenewalDue()) setProblem(UNREACHABLE);
      else if (data) setViewer(data.viewer);
    }
    void ask();
    // Meanwhile somebody may have ended the session.
    const onReturn = () => void (document.visibilityState === 'visible' && ask());
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', onReturn);
      gateway.close();
    };
  }, [gateway]);

  useEffect(
    () =>
      onAccessElsewhere((isSignedIn) => {
        setViewer(isSignedIn ? undefined : null);
        setEnded(false);
        setRound((before) => before + 1);
      }),
    [],
  );

  useEffect(() => {
    if (!problem) return;
    const again = () => setRound((before) => before + 1);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [problem]);

  const session = useMemo<Session>(() => {
    const again = () => {
      setEnded(false);
      setRound((before) => before + 1);
    };
    return {
      viewer,
      problem,
      ended,
      endIsTold,
      signedIn(expiresIn) {
        noteAccess(expiresIn);
        setViewer(undefined);
        again();
      },
      signedOut() {
        forgetAccess();
        setViewer(null);
        again();
      },
      reload: again,
    };
  }, [viewer, problem, ended, endIsTold]);

  return (
    <SessionContext value={session}>
      <Provider value={gateway.client}>{children}</Provider>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside of SessionProvider');
  return session;
}

/** Who is signed in; only below `Members`, which lets nobody else through. */
export function useMember(): Member {
  const { viewer } = useSession();
  if (!viewer) throw new Error('useMember outside of Members');
  return viewer;
}
