import type { ReactNode } from 'react';

import { DisableSecondFactorDocument, ReplaceRecoveryCodesDocument } from '../graphql/generated.ts';
import { type Action, useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { CodeField } from './CodeField.tsx';
import { PasswordField } from './PasswordField.tsx';
import { words } from './secondFactorWords.ts';

export function ReplaceCodes({ onCodes }: { onCodes(codes: readonly string[]): void }) {
  const { t } = useWords();
  const replace = useAction(ReplaceRecoveryCodesDocument);
  return (
    <WithBoth
      label={t(words.replace)}
      look="primary"
      action={replace}
      run={async (input) => {
        const done = await replace.run({ input });
        if (done) onCodes(done.replaceRecoveryCodes.recoveryCodes);
      }}
    >
      {t(words.replaceText)}
    </WithBoth>
  );
}

export function TurnOff({ onOff }: { onOff(): void }) {
  const { t } = useWords();
  const disable = useAction(DisableSecondFactorDocument);
  return (
    <WithBoth
      label={t(words.turnOff)}
      look="danger"
      action={disable}
      run={async (input) => {
        if (await disable.run({ input })) onOff();
      }}
    >
      {t(words.turnOffText)}
    </WithBoth>
  );
}

interface Props {
  label: string;
  look: 'primary' | 'danger';
  action: Pick<Action<unknown, never>, 'pending' | 'problem' | 'reset'>;
  run(input: { password: string; code: string }): Promise<void>;
  /** What will happen. */
  children: ReactNode;
}

/** A button whose dialog asks for the password and a code. */
function WithBoth({ label, look, action, run, children }: Props) {
  const { t } = useWords();
  return (
    <ConfirmButton
      label={label}
      submitLook={look}
      action={action}
      refused={{ field: 'code', message: t(words.wrongBoth) }}
      onConfirm={(values) => void run({ password: textOf(values, 'password'), code: textOf(values, 'code') })}
    >
      <p>{children}</p>
      <PasswordField />
      <CodeField />
    </ConfirmButton>
  );
}
