import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { words } from './accountWords.ts';
import { words as fields } from './words.ts';

interface Props {
  /** Of the input's field. */
  name?: 'password' | 'currentPassword';
  /** Where it appears while somebody works on the form. */
  takesFocus?: boolean;
}

/** Asks for the password once more. */
export function PasswordField({ name = 'password', takesFocus = false }: Props) {
  const { t } = useWords();
  return (
    <Field
      name={name}
      type="password"
      label={t(words.currentPassword)}
      autoComplete="current-password"
      takesFocus={takesFocus}
      required
    />
  );
}

interface NewProps {
  /** Of the input's field. */
  name: string;
  label: string;
  minLength: number;
  maxLength: number;
}

/** Asks for a password to be chosen. */
export function NewPasswordField(props: NewProps) {
  const { t } = useWords();
  return <Field {...props} type="password" hint={t(fields.passwordHint)} autoComplete="new-password" required />;
}

/** What the form says where the gateway refuses it. */
export function useWrongPassword(field: Props['name'] = 'password') {
  const { t } = useWords();
  return { field, message: t(words.wrongPassword) };
}
