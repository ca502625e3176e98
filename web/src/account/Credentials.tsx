import { useState } from 'react';

import { ChangePasswordDocument, RequestEmailChangeDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './accountWords.ts';
import { NewPasswordField, PasswordField, useWrongPassword } from './PasswordField.tsx';
import { words as fields } from './words.ts';

export function ChangePassword() {
  const { t } = useWords();
  const change = useAction(ChangePasswordDocument);
  // Counts the successes: each begins with an empty form.
  const [done, setDone] = useState(0);

  async function submit(values: FormData) {
    const input = {
      currentPassword: textOf(values, 'currentPassword'),
      newPassword: textOf(values, 'newPassword'),
    };
    if (await change.run({ input })) setDone(done + 1);
  }

  return (
    <Section title={t(words.changePassword)}>
      <p>{t(words.passwordText)}</p>
      {done && !change.problem ? <Notice look="good" title={t(words.passwordChanged)} /> : null}
      <GatewayForm
        key={done}
        submit={t(words.changePassword)}
        pending={change.pending}
        problem={change.problem}
        refused={useWrongPassword('currentPassword')}
        onSubmit={(values) => void submit(values)}
      >
        <div className="form-row">
          <PasswordField name="currentPassword" />
          <NewPasswordField
            name="newPassword"
            label={t(fields.newPassword)}
            {...limits.ChangePasswordInput.newPassword}
          />
        </div>
      </GatewayForm>
    </Section>
  );
}

export function ChangeEmail() {
  const { t } = useWords();
  const request = useAction(RequestEmailChangeDocument);
  // Each request begins with an empty form.
  const [asked, setAsked] = useState<{ round: number; email: string }>({ round: 0, email: '' });

  async function submit(values: FormData) {
    const input = {
      newEmail: textOf(values, 'newEmail'),
      currentPassword: textOf(values, 'currentPassword'),
    };
    if (await request.run({ input })) setAsked({ round: asked.round + 1, email: input.newEmail });
  }

  return (
    <Section title={t(words.changeEmail)}>
      {asked.round && !request.problem ? (
        <Notice look="good" title={t(words.emailRequested)(asked.email)}>
          <p>{t(words.emailRequestedText)}</p>
        </Notice>
      ) : null}
      <GatewayForm
        key={asked.round}
        submit={t(words.changeEmail)}
        pending={request.pending}
        problem={request.problem}
        refused={useWrongPassword('currentPassword')}
        onSubmit={(values) => void submit(values)}
      >
        <div className="form-row">
          <Field
            name="newEmail"
            type="email"
            label={t(words.newEmail)}
            hint={t(words.emailHint)}
            autoComplete="email"
            {...limits.RequestEmailChangeInput.newEmail}
            required
          />
          <PasswordField name="currentPassword" />
        </div>
      </GatewayForm>
    </Section>
  );
}
