import { tryParseJSONC, useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';

import { signInPath } from '../account/next.ts';
import { below } from '../base.ts';
import { isSignedOut } from '../graphql/problem.ts';
import { onAccessElsewhere } from '../graphql/renewal.ts';
import { useWords } from '../i18n/language.tsx';
import { ask } from './ask.ts';
import { credentialsOf } from './credentials.ts';
import { mutations } from './fetcher.ts';
import { words } from './words.ts';

/** A person's name, `null` for visitors, `ended` for a session that is no more; undefined until it is known. */
type Known = { name: string } | 'ended' | null | undefined;

const QUERY = 'query Who { viewer { name } }';

/** Who operations run as. */
export function Who() {
  const { t, language } = useWords();
  const known = useWho();
  const byHeaders = useGraphiQL(({ tabs, activeTabIndex }) => holdCredentials(tabs[activeTabIndex]?.headers));
  return (
    <div className="who" role="status" aria-label={t(words.identity)} lang={language}>
      {byHeaders ? t(words.byHeaders) : known === undefined ? null : <Cookies known={known} />}
    </div>
  );
}

function Cookies({ known }: { known: Exclude<Known, undefined> }) {
  const { t } = useWords();
  if (known && known !== 'ended') {
    return (
      <>
        <span className="who-name">
          {t(words.signedInAs)}
          <strong>{known.name}</strong>
        </span>
        <span aria-hidden="true">·</span>
        <a href={below('/app/')}>{t(words.portal)}</a>
      </>
    );
  }
  return (
    <>
      <span>{t(known ? words.ended : words.notSignedIn)}</span>
      <span aria-hidden="true">·</span>
      <a href={below(`/app${signInPath('/graphql')}`)}>{t(words.signIn)}</a>
    </>
  );
}

/** Looks again when a mutation has run, and when another tab has signed in or out. */
function useWho(): Known {
  const [known, setKnown] = useState<Known>();
  useEffect(() => {
    let latest = 0;
    const look = async () => {
      const round = ++latest;
      const { data, errors } = await ask({ query: QUERY });
      if (round !== latest) return;
      if (data) setKnown(data['viewer'] as Known);
      else if (errors?.some(({ extensions }) => isSignedOut({ code: String(extensions?.['code']) }))) setKnown('ended');
    };
    const again = () => void look();
    void look();
    mutations.addEventListener('run', again);
    const endListening = onAccessElsewhere(again);
    return () => {
      latest = -1;
      mutations.removeEventListener('run', again);
      endListening();
    };
  }, []);
  return known;
}

function holdCredentials(headers: string | null | undefined): boolean {
  try {
    return credentialsOf(tryParseJSONC(headers ?? '')) !== null;
  } catch {
    return false;
  }
}
