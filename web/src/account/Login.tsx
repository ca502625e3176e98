import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'wouter';

import { useSession } from '../app/session.tsx';
import { LoginDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, textOf } from '../ui/GatewayForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { CodeField } from './CodeField.tsx';
import { pathAfterSignIn, rememberedNext, signInPath } from './next.ts';
import { NotVerified } from './NotVerified.tsx';
import { Onward } from './Onward.tsx';
import { tellVerified } from './registered.ts';
import { words } from './words.ts';

export function Login() {
  const { t } = useWords();
  const { viewer, ended, endIsTold, signedIn } = useSession();
  const [hasEnded, setHasEnded] = useState(ended);
  const [search] = useSearchParams();
  const login = useAction(LoginDocument);
  const [email, setEmail] = useState('');
  /** What was sent last: the field may have been changed since. */
  const [refusedEmail, setRefusedEmail] = useState('');
  /** Whose second factor is wanted: another account may have none. */
  const [codeFor, setCodeFor] = useState<string>();
  const needsCode = codeFor === email;
  const [isDone, setDone] = useState(false);
  const code = login.problem?.code;
  const isToldElsewhere = code && ['EMAIL_NOT_VERIFIED', 'SECOND_FACTOR_REQUIRED', 'FORBIDDEN'].includes(code);
  if (code === 'SECOND_FACTOR_REQUIRED' && codeFor !== refusedEmail) setCodeFor(refusedEmail);

  if (ended && !hasEnded) setHasEnded(true);

  useEffect(() => {
    if (ended) endIsTold();
  }, [ended, endIsTold]);

  const isVerified = search.has('verified');
  useEffect(() => {
    if (isVerified) tellVerified();
  }, [isVerified]);

  const next = search.get('next') ?? rememberedNext();
  if (viewer || isDone) return <Onward to={pathAfterSignIn(next)} />;

  async function submit(values: FormData) {
    setRefusedEmail(email);
    const password = textOf(values, 'password');
    const more = needsCode ? { code: textOf(values, 'code') } : {};
    const done = await login.run({ input: { email, password, transport: 'COOKIE', ...more } });
    if (!done) return;
    signedIn(done.login.expiresIn);
    setDone(true);
  }

  return (
    <Page title={t(words.signIn)} narrow>
      <div className="card">
        {hasEnded && !code && !needsCode ? <Notice look="info" title={t(words.ended)} /> : null}
        {code === 'FORBIDDEN' ? <Notice look="problem" title={t(words.locked)} /> : null}
        {code === 'EMAIL_NOT_VERIFIED' ? <NotVerified email={refusedEmail} /> : null}
        <GatewayForm
          submit={t(words.signIn)}
          pending={login.pending}
          problem={isToldElsewhere ? null : login.problem}
          {...(needsCode && { refused: { field: 'code', message: t(words.wrongBoth) } })}
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
            <>
              <p role="status">{t(words.codeWanted)}</p>
              <CodeField takesFocus />
            </>
          ) : null}
        </GatewayForm>
      </div>
      <p>
        {t(words.noAccount)} <Link href={signInPath('/login', location.search, '/register')}>{t(words.register)}</Link>
      </p>
    </Page>
  );
}
