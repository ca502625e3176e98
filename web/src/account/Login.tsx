import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';

import { useSession } from '../app/session.tsx';
import { LoginDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { isBesidePortal, pathAfterSignIn } from './next.ts';
import { words } from './words.ts';

export function Login() {
  const { t } = useWords();
  const { viewer, ended, signedIn } = useSession();
  const [search] = useSearchParams();
  const login = useAction(LoginDocument);
  const [email, setEmail] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const next = pathAfterSignIn(search.get('next'));
  const goOn = useGoOn();
  const code = login.problem?.code;
  const asksForMore = code === 'EMAIL_NOT_VERIFIED' || code === 'SECOND_FACTOR_REQUIRED';
  if (code === 'SECOND_FACTOR_REQUIRED' && !needsCode) setNeedsCode(true);

  if (viewer) return <Onward to={next} />;

  async function submit(values: FormData) {
    const password = textOf(values, 'password');
    const more = needsCode ? { code: textOf(values, 'code') } : {};
    const done = await login.run({ input: { email, password, transport: 'COOKIE', ...more } });
    if (!done) return;
    signedIn(done.login.expiresIn);
    goOn(next);
  }

  return (
    <Page title={t(words.signIn)} narrow>
      <div className="card">
        {ended && !code ? <Notice look="info" title={t(words.ended)} /> : null}
        {code === 'EMAIL_NOT_VERIFIED' ? (
          <Notice look="info" title={t(words.notVerified)}>
            <LinkButton to={`/check-mail?email=${encodeURIComponent(email)}`}>{t(words.sendAgain)}</LinkButton>
          </Notice>
        ) : null}
        <GatewayForm
          submit={t(words.signIn)}
          pending={login.pending}
          problem={asksForMore ? null : login.problem}
          onSubmit={(values) => void submit(values)}
          more={<Link href="/forgot">{t(words.forgot)}</Link>}
        >
          <Field
            name="email"
            type="email"
            label={t(words.email)}
            value={email}
            onChange={setEmail}
            autoComplete="username"
            required
          />
          <Field name="password" type="password" label={t(words.password)} autoComplete="current-password" required />
          {needsCode ? (
            <Field
              name="code"
              label={t(words.code)}
              hint={t(words.codeHint)}
              autoComplete="one-time-code"
              autoFocus
              required
            />
          ) : null}
        </GatewayForm>
      </div>
      <p>
        {t(words.noAccount)} <Link href="/register">{t(words.register)}</Link>
      </p>
    </Page>
  );
}

function Onward({ to }: { to: string }) {
  const goOn = useGoOn();
  useEffect(() => goOn(to), [to]);
  return null;
}

function useGoOn(): (path: string) => void {
  const [, navigate] = useLocation();
  return (path) => (isBesidePortal(path) ? location.replace(path) : navigate(path, { replace: true }));
}
