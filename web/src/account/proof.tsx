import { type ReactNode, useState } from 'react';

import type { Problem } from '../graphql/problem.ts';
import { useWords } from '../i18n/language.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { words } from './accountWords.ts';
import { PasswordField, useWrongPassword } from './PasswordField.tsx';

export interface Proof {
  /** Asks for the password, once the gateway has. */
  field: ReactNode;
  /** What else is the matter: that the password was not asked for before is nobody's mistake. */
  problem: Problem | null;
  /** Where the form tells that the password is wrong. */
  refused: ReturnType<typeof useWrongPassword>;
  /** What the field adds to the input. */
  input(values: FormData): { password?: string };
}

/**
 * For what outlives a session the gateway asks for the password some time after signing in: from then on the
 * form has a field for it.
 */
export function useProof(problem: Problem | null): Proof {
  const { t } = useWords();
  const refused = useWrongPassword();
  const [demand, setDemand] = useState<Problem | null>(null);
  if (!demand && problem && 'password' in problem.fields) setDemand(problem);
  const asks = demand !== null;
  return {
    problem: problem === demand ? null : problem,
    refused,
    input: (values) => (asks ? { password: textOf(values, 'password') } : {}),
    field: asks ? (
      <>
        <p>{t(words.proofText)}</p>
        <PasswordField takesFocus />
      </>
    ) : null,
  };
}
