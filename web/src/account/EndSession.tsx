import { RevokeSessionDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { words } from './accountWords.ts';
import { PasswordField, useWrongPassword } from './PasswordField.tsx';

interface Props {
  id: string;
  /** Of the device. */
  name: string;
  onEnded(): void;
}

/** Ends another session; the gateway asks for the password some time after signing in. */
export function EndSession({ id, name, onEnded }: Props) {
  const { t } = useWords();
  const revoke = useAction(RevokeSessionDocument);
  const asksPassword = revoke.problem && 'password' in revoke.problem.fields;

  async function end() {
    if (await revoke.run({ input: { id } })) onEnded();
  }

  return (
    <>
      <Button isPending={revoke.pending} onPress={() => void end()}>
        {t(words.end)}
      </Button>
      {asksPassword ? <WithPassword id={id} name={name} onEnded={onEnded} onClose={revoke.reset} /> : null}
      {revoke.problem && !asksPassword ? <ProblemNotice problem={revoke.problem} /> : null}
    </>
  );
}

function WithPassword({ id, name, onEnded, onClose }: Props & { onClose(): void }) {
  const { t } = useWords();
  const revoke = useAction(RevokeSessionDocument);

  async function confirm(values: FormData) {
    if (!(await revoke.run({ input: { id, password: textOf(values, 'password') } }))) return;
    onClose();
    onEnded();
  }

  return (
    <Confirm
      title={t(words.endTitle)(name)}
      submit={t(words.end)}
      look="danger"
      pending={revoke.pending}
      problem={revoke.problem}
      refused={useWrongPassword()}
      onConfirm={(values) => void confirm(values)}
      onClose={onClose}
    >
      <p>{t(words.proofText)}</p>
      <PasswordField />
    </Confirm>
  );
}
