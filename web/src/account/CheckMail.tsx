import { useState } from 'react';
import { useSearchParams } from 'wouter';

import { ResendVerificationDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './words.ts';

export default function CheckMail() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const resend = useAction(ResendVerificationDocument);
  const [sent, setSent] = useState(false);
  const email = search.get('email') ?? '';

  async function submit(values: FormData) {
    setSent(false);
    setSent(Boolean(await resend.run({ input: { email: textOf(values, 'email') } })));
  }

  return (
    <Page title={t(words.checkMail)} narrow>
      {email ? <p>{t(words.checkMailText)(email)}</p> : null}
      <div className="actions">
        <LinkButton to="/login" look="primary">
          {t(words.signIn)}
        </LinkButton>
      </div>
      <div className="card">
        <p className="muted">{t(words.checkMailSpam)}</p>
        {sent ? <Notice look="good" title={t(words.sentAgain)} /> : null}
        <GatewayForm
          submit={t(words.sendAgain)}
          pending={resend.pending}
          problem={resend.problem}
          onSubmit={(values) => void submit(values)}
        >
          <Field name="email" type="email" label={t(words.email)} defaultValue={email} autoComplete="email" required />
        </GatewayForm>
      </div>
    </Page>
  );
}
