import { Link, useLocation, useSearchParams } from 'wouter';

import { RegisterDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Page } from '../ui/Page.tsx';
import { mailLanguage } from './mailLanguage.ts';
import { NewPasswordField } from './PasswordField.tsx';
import { rememberNext, signInPath } from './next.ts';
import { keepRegistered } from './registered.ts';
import { mailSentTo } from './sentMail.ts';
import { words } from './words.ts';

export default function Register() {
  const { t, language } = useWords();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const register = useAction(RegisterDocument);

  async function submit(values: FormData) {
    const [email, password] = [textOf(values, 'email'), textOf(values, 'password')];
    const input = {
      name: textOf(values, 'name'),
      email,
      password,
      phone: textOf(values, 'phone') || null,
      language: mailLanguage[language],
    };
    if (!(await register.run({ input }))) return;
    rememberNext(search.get('next'));
    keepRegistered({ email, password });
    navigate('/check-mail', { state: mailSentTo(email) });
  }

  return (
    <Page title={t(words.register)} narrow>
      <div className="card">
        <GatewayForm
          submit={t(words.register)}
          pending={register.pending}
          problem={register.problem}
          onSubmit={(values) => void submit(values)}
        >
          <Field
            name="name"
            label={t(words.name)}
            hint={t(words.nameHint)}
            autoComplete="name"
            {...limits.RegisterInput.name}
            required
          />
          <Field
            name="email"
            type="email"
            label={t(words.email)}
            autoComplete="email"
            {...limits.RegisterInput.email}
            required
          />
          <NewPasswordField name="password" label={t(words.password)} {...limits.RegisterInput.password} />
          <Field name="phone" type="tel" label={t(words.phone)} autoComplete="tel" {...limits.RegisterInput.phone} />
        </GatewayForm>
      </div>
      <p>
        {t(words.haveAccount)} <Link href={signInPath('/register', location.search)}>{t(words.signIn)}</Link>
      </p>
    </Page>
  );
}
