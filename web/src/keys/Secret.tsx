import { useState } from 'react';

import { gatewayAddress } from '../base.ts';
import type { KeyRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useLeaving } from '../ui/leaving.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { SecretValue } from '../ui/SecretValue.tsx';
import { SNIPPETS, snippet, type SnippetLanguage } from './snippets.ts';
import { words } from './words.ts';

interface Props {
  apiKey: KeyRowFragment;
  secret: string;
  onDone(): void;
}

/** A secret, the only time that it is known, and programs that use it. */
export function Secret({ apiKey, secret, onDone }: Props) {
  const { t } = useWords();
  const leaving = useLeaving(t(words.notSaved));

  function done() {
    leaving.allow();
    onDone();
  }

  return (
    <>
      {leaving.question}
      <Notice look="info" title={t(words.secretOnce)} />
      <Section title={apiKey.name}>
        <SecretValue label={t(words.key)} value={apiKey.key} />
        <SecretValue label={t(words.secret)} value={secret} />
        <div className="actions">
          <Button look="primary" onPress={done}>
            {t(words.saved)}
          </Button>
        </div>
      </Section>
      <Snippets apiKey={apiKey.key} secret={secret} />
    </>
  );
}

function Snippets({ apiKey, secret }: { apiKey: string; secret: string }) {
  const { t } = useWords();
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const text = snippet(language, { origin: gatewayAddress(), key: apiKey, secret });
  return (
    <Section title={t(words.tryIt)}>
      <div className="actions" role="group" aria-label={t(words.snippetLanguage)}>
        {SNIPPETS.map(({ id, name }) => (
          <Button
            key={id}
            look={id === language ? 'primary' : 'plain'}
            aria-pressed={id === language}
            onPress={() => setLanguage(id)}
          >
            {name}
          </Button>
        ))}
        <CopyButton text={text} what={t(words.code)} />
      </div>
      <pre className="code" tabIndex={0} role="region" aria-label={t(words.code)}>
        {text}
      </pre>
    </Section>
  );
}
