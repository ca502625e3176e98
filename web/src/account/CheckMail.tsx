import { useState } from 'react';

import { ResendVerificationDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { useMailSentTo } from './sentMail.ts';
import { words } from './words.ts';

/** Says where a confirmation was mailed to, if one was, and mails it again. */
export default function CheckMail() {
  const { t } = useWords();
  const sentTo = useMailSentTo();
  const resend = useAction(ResendVerificationDocument);
  const [again, setAgain] = useState(false);

  async function submit(values: FormData) {
    setAgain(false);
    setAgain(Boolean(await resend.run({ input: { email: textOf(values, 'email') } })));
  }

  return (
    <Page title={t(sentTo || again ? words.checkMail : words.sendAgain)} narrow>
      {sentTo ? <p>{t(words.checkMailText)(sentTo)}</p> : null}
      <div className="actions">
        <LinkButton to="/login" look="primary">
          {t(words.signIn)}
        </LinkButton>
      </div>
      <div className="card">
        {sentTo || again ? <p className="muted">{t(words.checkMailSpam)}</p> : null}
        {again ? <Notice look="good" title={t(words.sentAgain)} /> : null}
        <GatewayForm
          submit={t(words.sendAgain)}
          pending={resend.pending}
          problem={resend.problem}
          onSubmit={(values) => void submit(values)}
        >
          <Field
            name="email"
            type="email"
            label={t(words.email)}
            defaultValue={sentTo ?? ''}
            autoComplete="email"
            required
          />
        </GatewayForm>
      </div>
    </Page>
  );
}
