import { useState } from 'react';

import { RequestPasswordResetDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './words.ts';

/** Asks for the mail; its link leads to /app/reset, a page of the gateway itself. */
export default function Forgot() {
  const { t } = useWords();
  const request = useAction(RequestPasswordResetDocument);
  const [sent, setSent] = useState(false);

  async function submit(values: FormData) {
    setSent(Boolean(await request.run({ input: { email: textOf(values, 'email') } })));
  }

  return (
    <Page title={t(words.forgotTitle)} narrow>
      {sent ? (
        <Notice look="good" title={t(words.linkSent)}>
          <p>{t(words.linkSentText)}</p>
          <LinkButton to="/login">{t(words.signIn)}</LinkButton>
        </Notice>
      ) : (
        <div className="card">
          <p>{t(words.forgotText)}</p>
          <GatewayForm
            submit={t(words.sendLink)}
            pending={request.pending}
            problem={request.problem}
            onSubmit={(values) => void submit(values)}
          >
            <Field name="email" type="email" label={t(words.email)} autoComplete="username" required />
          </GatewayForm>
        </div>
      )}
    </Page>
  );
}
