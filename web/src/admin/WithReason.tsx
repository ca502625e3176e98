import { type Proof, useProof } from '../account/proof.tsx';
import type { UserRowFragment } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import type { Action } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
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
  const proof = useProof(action.problem);

  async function confirm(values: FormData) {
    if (await run(textOf(values, 'reason'), proof.input(values))) onDone(done);
  }

  return (
    <ConfirmButton
      label={label}
      title={`${label}: ${user.name || user.id}`}
      submitLook="danger"
      action={action}
      problem={proof.problem}
      refused={proof.refused}
      onConfirm={(values) => void confirm(values)}
    >
      <p>{text}</p>
      <Field
        name="reason"
        label={t(words.reason)}
        hint={t(words.reasonHint)}
        {...limits.SuspendUserInput.reason}
        required
      />
      {proof.field}
    </ConfirmButton>
  );
}
