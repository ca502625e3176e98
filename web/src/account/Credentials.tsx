import { useState } from 'react';

import { ChangePasswordDocument, RequestEmailChangeDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './accountWords.ts';
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
      {done && !change.problem ? <Notice look="good" title={t(words.passwordChanged)} /> : null}
      <GatewayForm
        key={done}
        submit={t(words.changePassword)}
        pending={change.pending}
        problem={change.problem}
        onSubmit={(values) => void submit(values)}
      >
        <div className="form-row">
          <CurrentPassword />
          <Field
            name="newPassword"
            type="password"
            label={t(fields.newPassword)}
            hint={t(fields.passwordHint)}
            autoComplete="new-password"
            minLength={8}
            maxLength={256}
            required
          />
        </div>
      </GatewayForm>
    </Section>
  );
}

export function ChangeEmail() {
  const { t } = useWords();
  const request = useAction(RequestEmailChangeDocument);
  const [done, setDone] = useState(0);

  async function submit(values: FormData) {
    const input = {
      newEmail: textOf(values, 'newEmail'),
      currentPassword: textOf(values, 'currentPassword'),
    };
    if (await request.run({ input })) setDone(done + 1);
  }

  return (
    <Section title={t(words.changeEmail)}>
      {done && !request.problem ? <Notice look="good" title={t(words.emailRequested)} /> : null}
      <GatewayForm
        key={done}
        submit={t(words.changeEmail)}
        pending={request.pending}
        problem={request.problem}
        onSubmit={(values) => void submit(values)}
      >
        <div className="form-row">
          <Field
            name="newEmail"
            type="email"
            label={t(words.newEmail)}
            hint={t(words.emailHint)}
            autoComplete="email"
            maxLength={254}
            required
          />
          <CurrentPassword />
        </div>
      </GatewayForm>
    </Section>
  );
}

function CurrentPassword() {
  const { t } = useWords();
  return (
    <Field
      name="currentPassword"
      type="password"
      label={t(words.currentPassword)}
      autoComplete="current-password"
      required
    />
  );
}
