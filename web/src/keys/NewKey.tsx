import './keys.css';

import { useState } from 'react';
import { useLocation } from 'wouter';

import { useProof } from '../account/proof.tsx';
import { CreateKeyDocument, type CreateKeyMutation } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Check } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, numberOf } from '../ui/GatewayForm.tsx';
import { Page } from '../ui/Page.tsx';
import { KeyFields, keyInput } from './KeyFields.tsx';
import { Secret } from './Secret.tsx';
import { words } from './words.ts';

export default function NewKey() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const create = useAction(CreateKeyDocument);
  const proof = useProof(create.problem);
  const [made, setMade] = useState<CreateKeyMutation['createApiKey']>();

  async function submit(values: FormData) {
    const input = {
      ...keyInput(values),
      expiresInDays: numberOf(values, 'expiresInDays'),
      documents: values.has('documents') ? ('TRUSTED_ONLY' as const) : ('ANY' as const),
      ...proof.input(values),
    };
    setMade((await create.run({ input }))?.createApiKey);
  }

  if (made) {
    return (
      <Page title={t(words.secretReady)}>
        <Secret
          apiKey={made.apiKey}
          secret={made.secret}
          onDone={() => navigate(`/developer/keys/${made.apiKey.id}`, { replace: true })}
        />
      </Page>
    );
  }
  return (
    <Page title={t(words.create)} narrow>
      <div className="card">
        <GatewayForm
          submit={t(words.create)}
          pending={create.pending}
          problem={proof.problem}
          refused={proof.refused}
          onSubmit={(values) => void submit(values)}
        >
          <KeyFields />
          <Field
            name="expiresInDays"
            type="number"
            label={t(words.expires)}
            hint={t(words.expiresHint)}
            defaultValue="90"
            {...limits.CreateApiKeyInput.expiresInDays}
            required
          />
          <Check name="documents" value="TRUSTED_ONLY">
            {t(words.documents)}
          </Check>
          {proof.field}
        </GatewayForm>
      </div>
    </Page>
  );
}
