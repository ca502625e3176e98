import { useState } from 'react';
import { useLocation } from 'wouter';

import { useSession } from '../app/session.tsx';
import { LogoutEverywhereDocument, SessionsDocument, type SessionsQuery } from '../graphql/generated.ts';
import { useAction, useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Check } from '../ui/Choice.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { words } from './accountWords.ts';
import { deviceName } from './device.ts';
import { EndSession } from './EndSession.tsx';

type Row = NonNullable<NonNullable<SessionsQuery['viewer']>['sessions']>['nodes'][number];

export default function Sessions() {
  const { t } = useWords();
  const pages = usePages();
  // The device that was signed out last: it is not in the list any more.
  const [ended, setEnded] = useState('');
  const loaded = useLoad(SessionsDocument, { after: pages.after });

  return (
    <Page title={t(words.sessions)} actions={<Everywhere />}>
      <AccountMenu />
      <p>{t(words.otherText)}</p>
      {ended ? <Notice look="good" title={t(words.ended)(ended)} /> : null}
      <Await of={loaded}>
        {({ viewer }) =>
          viewer?.sessions ? (
            <>
              <ul className="list">
                {viewer.sessions.nodes.map((session) => (
                  <Session key={session.id} session={session} onEnded={setEnded} />
                ))}
              </ul>
              <Pager pages={pages} info={viewer.sessions.pageInfo} />
            </>
          ) : null
        }
      </Await>
    </Page>
  );
}

function Session({ session, onEnded }: { session: Row; onEnded(name: string): void }) {
  const { t, relative, dateTime } = useWords();
  const name = deviceName(session.userAgent) ?? t(words.unknownDevice);
  return (
    <li>
      <div className="row-main">
        <span className="row-title">{name}</span>
        <span className="row-note">
          {[
            t(words.lastUsed)(relative(session.lastUsedAt)),
            session.address,
            t(words.signedIn)(dateTime(session.createdAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {session.isCurrent ? (
        <Badge tone="good">{t(words.current)}</Badge>
      ) : (
        <EndSession id={session.id} name={name} onEnded={() => onEnded(name)} />
      )}
    </li>
  );
}

function Everywhere() {
  const { t } = useWords();
  const { signedOut } = useSession();
  const [, navigate] = useLocation();
  const leave = useAction(LogoutEverywhereDocument);

  async function confirm(values: FormData) {
    if (!(await leave.run({ stopApiKeys: values.has('stopApiKeys') }))) return;
    navigate('/login');
    signedOut();
  }

  return (
    <ConfirmButton
      label={t(words.endEverywhere)}
      title={t(words.endEverywhereTitle)}
      submit={t(words.endEverywhereYes)}
      submitLook="danger"
      action={leave}
      onConfirm={(values) => void confirm(values)}
    >
      <p>{t(words.endEverywhereText)}</p>
      <Check name="stopApiKeys">{t(words.endEverywhereKeys)}</Check>
    </ConfirmButton>
  );
}
