import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { words } from './accountWords.ts';

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

/** What the form says where the gateway refuses it. */
export function useWrongPassword(field: Props['name'] = 'password') {
  const { t } = useWords();
  return { field, message: t(words.wrongPassword) };
}
