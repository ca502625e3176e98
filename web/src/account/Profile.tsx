import { useState } from 'react';

import { useMember, useSession } from '../app/session.tsx';
import { UpdateProfileDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './accountWords.ts';
import { words as fields } from './words.ts';

export function Profile() {
  const { t, date } = useWords();
  const { reload } = useSession();
  const viewer = useMember();
  const update = useAction(UpdateProfileDocument);
  const [saved, setSaved] = useState(false);

  async function submit(values: FormData) {
    setSaved(false);
    const input = { name: textOf(values, 'name'), phone: textOf(values, 'phone') || null };
    if (!(await update.run({ input }))) return;
    setSaved(true);
    reload();
  }

  return (
    <Section title={t(words.profile)}>
      <dl className="facts">
        <div>
          <dt>{t(fields.email)}</dt>
          <dd>{viewer.email}</dd>
        </div>
        <div>
          <dt>{t(words.role)}</dt>
          <dd>{t(words.roles)[viewer.role ?? 'USER']}</dd>
        </div>
        <div>
          <dt>{t(words.since)}</dt>
          <dd>{date(viewer.createdAt)}</dd>
        </div>
      </dl>
      {saved ? <Notice look="good" title={t(words.saved)} /> : null}
      <GatewayForm
        submit={t(words.save)}
        pending={update.pending}
        problem={update.problem}
        onSubmit={(values) => void submit(values)}
      >
        <div className="form-row">
          <Field
            name="name"
            label={t(fields.name)}
            defaultValue={viewer.name}
            autoComplete="name"
            {...limits.UpdateProfileInput.name}
            required
          />
          <Field
            name="phone"
            type="tel"
            label={t(fields.phone)}
            defaultValue={viewer.phone ?? ''}
            autoComplete="tel"
            {...limits.UpdateProfileInput.phone}
          />
        </div>
      </GatewayForm>
    </Section>
  );
}
