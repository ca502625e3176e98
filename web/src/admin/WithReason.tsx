import { useState } from 'react';

import { type Proof, useProof } from '../account/proof.tsx';
import type { UserRowFragment } from '../graphql/generated.ts';
import type { Action } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Field } from '../ui/Field.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { words } from './words.ts';

interface Props {
  label: string;
  text: string;
  user: UserRowFragment;
  /** What is said when it is done. */
  done: string;
  action: Pick<Action<unknown, never>, 'pending' | 'problem' | 'reset'>;
  run(reason: string, proof: ReturnType<Proof['input']>): Promise<unknown>;
  onDone(message: string): void;
}

/** A button whose dialog asks why. */
export function WithReason({ label, text, user, done, action, run, onDone }: Props) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const proof = useProof(action.problem);

  async function confirm(values: FormData) {
    if (!(await run(textOf(values, 'reason'), proof.input(values)))) return;
    setAsking(false);
    onDone(done);
  }

  return (
    <>
      <Button
        onPress={() => {
          action.reset();
          setAsking(true);
        }}
      >
        {label}…
      </Button>
      {asking ? (
        <Confirm
          title={`${label}: ${user.name || user.id}`}
          submit={label}
          look="danger"
          pending={action.pending}
          problem={proof.problem}
          refused={proof.refused}
          onConfirm={(values) => void confirm(values)}
          onClose={() => setAsking(false)}
        >
          <p>{text}</p>
          <Field name="reason" label={t(words.reason)} hint={t(words.reasonHint)} maxLength={200} required />
          {proof.field}
        </Confirm>
      ) : null}
    </>
  );
}
