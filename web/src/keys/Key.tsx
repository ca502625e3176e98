import './keys.css';

import { useState } from 'react';
import { Link } from 'wouter';

import { KeyDocument, type KeyRowFragment } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page, Section } from '../ui/Page.tsx';
import { KeyActions } from './KeyActions.tsx';
import { KeyState } from './KeyState.tsx';
import { Requests } from './Requests.tsx';
import { Secret } from './Secret.tsx';
import { Usage } from './Usage.tsx';
import { words } from './words.ts';

export default function Key({ id }: { id: string }) {
  const loaded = useLoad(KeyDocument, { id });
  // Kept out here: what is shown once outlives it that the key is loaded anew.
  const [made, setMade] = useState<{ apiKey: KeyRowFragment; secret: string }>();
  const { t } = useWords();
  if (made) {
    return (
      <Page title={t(words.secretReady)}>
        <Secret {...made} onDone={() => setMade(undefined)} />
      </Page>
    );
  }
  return (
    <Await of={loaded} missing={<NoKey />}>
      {({ apiKey }) =>
        apiKey ? <Found key={apiKey.id} of={apiKey} onSecret={(secret) => setMade({ apiKey, secret })} /> : <NoKey />
      }
    </Await>
  );
}

function NoKey() {
  const { t } = useWords();
  return (
    <Page title={t(words.notFound)}>
      <div className="actions">
        <LinkButton to="/developer/keys">{t(words.back)}</LinkButton>
      </div>
    </Page>
  );
}

function Found({ of: key, onSecret }: { of: KeyRowFragment; onSecret(secret: string): void }) {
  const { t } = useWords();
  return (
    <Page title={key.name} actions={key.state === 'REVOKED' ? null : <KeyActions of={key} onSecret={onSecret} />}>
      <p>
        <Link href="/developer/keys">← {t(words.back)}</Link>
      </p>
      <Usage id={key.id} />
      <Requests id={key.id} />
      <Section title={t(words.details)}>
        <Facts of={key} />
      </Section>
    </Page>
  );
}

function Facts({ of: key }: { of: KeyRowFragment }) {
  const { t, dateTime, relative, list } = useWords();
  const scopes = t(words.scopeNames);
  const facts = [
    [t(words.lastUsed), key.lastUsedAt ? relative(key.lastUsedAt) : t(words.never)],
    [t(words.scopes), list(key.scopes.map((scope) => scopes[scope]))],
    [t(words.networks), key.networks.join(', ') || t(words.everywhere)],
    [t(words.documentsShort), t(words.documentNames)[key.documents]],
    [t(words.created), dateTime(key.createdAt)],
    [t(words.until), dateTime(key.expiresAt)],
    ...(key.previousSecretUntil ? [[t(words.oldUntil), dateTime(key.previousSecretUntil)]] : []),
    ...(key.revokedAt ? [[t(words.revokedAt), dateTime(key.revokedAt)]] : []),
  ];
  return (
    <>
      <KeyState of={key} />
      <div className="secret">
        <span className="row-note">{t(words.key)}</span>
        <code className="secret-value">{key.key}</code>
        <CopyButton text={key.key} what={t(words.key)} />
      </div>
      <dl className="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
