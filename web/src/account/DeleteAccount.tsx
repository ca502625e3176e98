import { useLocation } from 'wouter';

import { useSession } from '../app/session.tsx';
import { DeleteAccountDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './accountWords.ts';
import { PasswordField, useWrongPassword } from './PasswordField.tsx';

export function DeleteAccount() {
  const { t } = useWords();
  const { signedOut } = useSession();
  const [, navigate] = useLocation();
  const deleting = useAction(DeleteAccountDocument);
  const refused = useWrongPassword();

  async function confirm(values: FormData) {
    const done = await deleting.run({ input: { password: textOf(values, 'password') } });
    if (!done) return;
    navigate(`/deleted?until=${encodeURIComponent(done.deleteAccount.eraseAt)}`, { replace: true });
    signedOut();
  }

  return (
    <Section title={t(words.deleteTitle)}>
      <p>{t(words.deleteText)}</p>
      <div className="actions">
        <ConfirmButton
          label={t(words.deleteTitle)}
          look="danger"
          action={deleting}
          refused={refused}
          onConfirm={(values) => void confirm(values)}
        >
          <p>{t(words.deleteText)}</p>
          <PasswordField />
        </ConfirmButton>
      </div>
    </Section>
  );
}
