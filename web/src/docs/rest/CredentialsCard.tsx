import { below } from '../../base.ts';
import { useWords } from '../../i18n/language.tsx';
import { Field } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import type { Credentials } from './call.ts';
import { words } from './words.ts';

interface Props {
  credentials: Credentials;
  onChange(credentials: Credentials): void;
}

/** Entered once for the whole page. */
export function CredentialsCard({ credentials, onChange }: Props) {
  const { t } = useWords();
  const field = (name: keyof Credentials) => ({
    name,
    label: t(words[name]),
    mark: 'none' as const,
    autoComplete: 'off',
    value: credentials[name],
    onChange: (value: string) => onChange({ ...credentials, [name]: value.trim() }),
  });
  return (
    <Section title={t(words.credentials)}>
      <p className="row-note">{t(words.credentialsHint)}</p>
      <p className="row-note">
        {t(words.noKey)} <a href={below('/app/developer/keys/new')}>{t(words.makeKey)}</a>
      </p>
      <div className="form-row">
        <Field {...field('key')} />
        <Field {...field('secret')} type="password" />
      </div>
      <Field {...field('token')} type="password" hint={t(words.tokenHint)} />
    </Section>
  );
}
