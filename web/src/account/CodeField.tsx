import './account.css';

import { useState } from 'react';

import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { isOneTimeCode, isRecoveryCode } from './codes.ts';
import { words } from './words.ts';

/** A code of the authenticator app, on a keyboard of digits; or else a recovery code. */
export function CodeField({ takesFocus = false }: { takesFocus?: boolean }) {
  const { t } = useWords();
  const [kind, setKind] = useState<'code' | 'recovery' | null>(null);
  const recovers = kind === 'recovery';
  return (
    <div className="code-field">
      {recovers ? (
        <Field
          key="recovery"
          name="code"
          label={t(words.recoveryCode)}
          hint={t(words.recoveryCodeHint)}
          autoComplete="off"
          {...limits.SecondFactorInput.code}
          check={(text) => (isRecoveryCode(text) ? undefined : t(words.noRecoveryCode))}
          takesFocus
          required
        />
      ) : (
        <OneTimeCodeField
          key="code"
          label={t(words.code)}
          hint={t(words.codeHint)}
          takesFocus={takesFocus || kind !== null}
        />
      )}
      <Button look="quiet" onPress={() => setKind(recovers ? 'code' : 'recovery')}>
        {t(recovers ? words.useCode : words.useRecoveryCode)}
      </Button>
    </div>
  );
}

interface Props {
  label: string;
  hint?: string;
  takesFocus: boolean;
}

/** A code of the authenticator app. */
export function OneTimeCodeField(props: Props) {
  const { t } = useWords();
  return (
    <Field
      {...props}
      {...limits.SecondFactorInput.code}
      name="code"
      autoComplete="one-time-code"
      inputMode="numeric"
      check={(text) => (isOneTimeCode(text) ? undefined : t(words.noCode))}
      required
    />
  );
}
