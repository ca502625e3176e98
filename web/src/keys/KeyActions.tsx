import { useState } from 'react';

import { useProof } from '../account/proof.tsx';
import { type KeyRowFragment, RevokeKeyDocument, RotateKeyDocument, UpdateKeyDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Field } from '../ui/Field.tsx';
import { numberOf } from '../ui/GatewayForm.tsx';
import { KeyFields, keyInput } from './KeyFields.tsx';
import { words } from './words.ts';

interface Props {
  of: KeyRowFragment;
  onSecret(secret: string): void;
}

/** What can be done to a key that is not revoked. */
export function KeyActions({ of: key, onSecret }: Props) {
  const { t } = useWords();
  const [asking, setAsking] = useState<'edit' | 'rotate' | 'revoke'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Button onPress={() => setAsking('edit')}>{t(words.edit)}</Button>
      <Button onPress={() => setAsking('rotate')}>{t(words.rotate)}…</Button>
      <Button look="danger" onPress={() => setAsking('revoke')}>
        {t(words.revoke)}…
      </Button>
      {asking === 'edit' ? <Edit of={key} onClose={close} /> : null}
      {asking === 'rotate' ? <Rotate of={key} onClose={close} onSecret={onSecret} /> : null}
      {asking === 'revoke' ? <Revoke of={key} onClose={close} /> : null}
    </>
  );
}

interface AskProps {
  of: KeyRowFragment;
  onClose(): void;
}

function Edit({ of: key, onClose }: AskProps) {
  const { t } = useWords();
  const update = useAction(UpdateKeyDocument);
  const proof = useProof(update.problem);
  async function confirm(values: FormData) {
    const input = { id: key.id, ...keyInput(values), ...proof.input(values) };
    if (await update.run({ input })) onClose();
  }
  return (
    <Confirm
      title={t(words.editTitle)}
      submit={t(words.save)}
      pending={update.pending}
      problem={proof.problem}
      refused={proof.refused}
      onConfirm={(values) => void confirm(values)}
      onClose={onClose}
    >
      <KeyFields of={key} />
      {proof.field}
    </Confirm>
  );
}

function Rotate({ of: key, onClose, onSecret }: AskProps & Pick<Props, 'onSecret'>) {
  const { t } = useWords();
  const rotate = useAction(RotateKeyDocument);
  const proof = useProof(rotate.problem);
  async function confirm(values: FormData) {
    const overlapHours = numberOf(values, 'overlapHours');
    const input = { id: key.id, overlapHours, ...proof.input(values) };
    const done = await rotate.run({ input });
    if (!done) return;
    onClose();
    onSecret(done.rotateApiKey.secret);
  }
  return (
    <Confirm
      title={t(words.rotate)}
      submit={t(words.rotate)}
      pending={rotate.pending}
      problem={proof.problem}
      refused={proof.refused}
      onConfirm={(values) => void confirm(values)}
      onClose={onClose}
    >
      <p>{t(words.rotateText)}</p>
      <Field
        name="overlapHours"
        type="number"
        label={t(words.overlap)}
        hint={t(words.overlapHint)}
        defaultValue="24"
        {...limits.RotateApiKeyInput.overlapHours}
        required
      />
      {proof.field}
    </Confirm>
  );
}

function Revoke({ of: key, onClose }: AskProps) {
  const { t } = useWords();
  const revoke = useAction(RevokeKeyDocument);
  async function confirm() {
    if (await revoke.run({ input: { id: key.id } })) onClose();
  }
  return (
    <Confirm
      title={t(words.revoke)}
      submit={t(words.revoke)}
      look="danger"
      pending={revoke.pending}
      problem={revoke.problem}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t(words.revokeText)}</p>
    </Confirm>
  );
}
