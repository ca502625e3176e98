import { useState } from 'react';
import { Redirect } from 'wouter';

import { ResendVerificationDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { pathAfterSignIn, rememberedNext } from './next.ts';
import { Onward } from './Onward.tsx';
import { registeredHere } from './registered.ts';
import { useMailSentTo } from './sentMail.ts';
import { type Entry, useEntry } from './useEntry.ts';
import { words } from './words.ts';

/** Says where a confirmation was mailed to, if one was, and mails it again. */
export default function CheckMail() {
  const { t } = useWords();
  const sentTo = useMailSentTo();
  const resend = useAction(ResendVerificationDocument);
  const [again, setAgain] = useState(false);
  const [canEnter] = useState(() => registeredHere() !== null);
  const entry = useEntry();
  if (entry.entered === 'here') return <Onward to={pathAfterSignIn(rememberedNext())} />;
  if (entry.entered) return <Redirect to={pathAfterSignIn(null)} replace />;

  async function submit(values: FormData) {
    setAgain(false);
    setAgain(Boolean(await resend.run({ input: { email: textOf(values, 'email') } })));
  }

  return (
    <Page title={t(sentTo || again ? words.checkMail : words.sendAgain)} narrow>
      {sentTo ? <p>{t(words.checkMailText)(sentTo)}</p> : null}
      {canEnter ? (
        <EnterHere by={entry} />
      ) : (
        <div className="actions">
          <LinkButton to="/login" look="primary">
            {t(words.signIn)}
          </LinkButton>
        </div>
      )}
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

/** The button to sign in with what was just registered, and why that did not work. */
function EnterHere({ by: { enter, pending, problem } }: { by: Entry }) {
  const { t } = useWords();
  const isEarly = problem?.code === 'EMAIL_NOT_VERIFIED';
  return (
    <>
      {isEarly ? <Notice look="info" title={t(words.notVerified)} /> : null}
      {problem && !isEarly ? <ProblemNotice problem={problem} /> : null}
      <div className="actions">
        <Button look="primary" isPending={pending} onPress={enter}>
          {t(words.signIn)}
        </Button>
      </div>
    </>
  );
}
