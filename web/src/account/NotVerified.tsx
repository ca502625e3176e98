import { useLocation } from 'wouter';

import { ResendVerificationDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { mailSentTo } from './sentMail.ts';
import { words } from './words.ts';

/** Says that the address has to be confirmed first, and mails the confirmation again. */
export function NotVerified({ email }: { email: string }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const resend = useAction(ResendVerificationDocument);

  async function send() {
    if (await resend.run({ input: { email } })) navigate('/check-mail', { state: mailSentTo(email) });
  }

  return (
    <>
      <Notice look="info" title={t(words.notVerified)}>
        <Button isPending={resend.pending} onPress={() => void send()}>
          {t(words.sendAgain)}
        </Button>
      </Notice>
      {resend.problem ? <ProblemNotice problem={resend.problem} /> : null}
    </>
  );
}
