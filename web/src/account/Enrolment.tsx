import { useState } from 'react';

import {
  ConfirmSecondFactorDocument,
  EnrollSecondFactorDocument,
  type EnrollSecondFactorMutation,
} from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Section } from '../ui/Page.tsx';
import { SecretValue } from '../ui/SecretValue.tsx';
import { OneTimeCodeField } from './CodeField.tsx';
import { PasswordField, useWrongPassword } from './PasswordField.tsx';
import { words } from './secondFactorWords.ts';

type Begun = EnrollSecondFactorMutation['enrollSecondFactor'];

interface Props {
  onCodes(codes: readonly string[]): void;
}

/** Turns the second factor on: the password, then the app's first code. */
export function Enrolment({ onCodes }: Props) {
  const [begun, setBegun] = useState<Begun | null>(null);
  return begun ? (
    <Confirm begun={begun} onCodes={onCodes} onCancel={() => setBegun(null)} />
  ) : (
    <Begin onBegun={setBegun} />
  );
}

function Begin({ onBegun }: { onBegun(begun: Begun): void }) {
  const { t } = useWords();
  const enroll = useAction(EnrollSecondFactorDocument);

  async function submit(values: FormData) {
    const done = await enroll.run({ input: { password: textOf(values, 'password') } });
    if (done) onBegun(done.enrollSecondFactor);
  }

  return (
    <Section title={t(words.turnOn)}>
      <p>{t(words.why)}</p>
      <p>{t(words.beginText)}</p>
      <GatewayForm
        submit={t(words.begin)}
        pending={enroll.pending}
        problem={enroll.problem}
        refused={useWrongPassword()}
        onSubmit={(values) => void submit(values)}
      >
        <PasswordField />
      </GatewayForm>
    </Section>
  );
}

interface ConfirmProps extends Props {
  begun: Begun;
  onCancel(): void;
}

function Confirm({ begun, onCodes, onCancel }: ConfirmProps) {
  const { t } = useWords();
  const confirm = useAction(ConfirmSecondFactorDocument);

  async function submit(values: FormData) {
    const done = await confirm.run({ input: { code: textOf(values, 'code') } });
    if (done) onCodes(done.confirmSecondFactor.recoveryCodes);
  }

  return (
    <Section title={t(words.scan)}>
      <p>{t(words.scanText)}</p>
      <img className="qr-code" src={begun.qrCode} alt={t(words.qrCode)} />
      <p className="on-phones">
        <a className="button button-plain" href={begun.uri}>
          {t(words.openApp)}
        </a>
      </p>
      <SecretValue label={t(words.secret)} value={begun.secret} />
      <GatewayForm
        submit={t(words.confirm)}
        pending={confirm.pending}
        problem={confirm.problem}
        refused={{ field: 'code', message: t(words.wrongCode) }}
        onSubmit={(values) => void submit(values)}
        more={<Button onPress={onCancel}>{t(words.cancel)}</Button>}
      >
        <OneTimeCodeField label={t(words.firstCode)} takesFocus />
      </GatewayForm>
    </Section>
  );
}
