import { type ReactNode, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';

import { LogoutDocument } from '../graphql/generated.ts';
import { type Action, useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import icon from '../icon.svg';
import { Bell } from '../notices/Bell.tsx';
import { Button } from '../ui/Button.tsx';
import { leaveWhenAllowed } from '../ui/leaving.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { show } from '../ui/show.ts';
import { Footer } from './Footer.tsx';
import { useSession } from './session.tsx';
import { useMailLanguage } from './useMailLanguage.ts';
import { words } from './words.ts';

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const online = useOnline();
  const logout = useAction(LogoutDocument);
  const onLanguage = useMailLanguage();
  return (
    <div className="shell">
      <a className="skip button" href="#main">
        {t(words.skip)}
      </a>
      <header className="top">
        <div className="top-inner">
          <Link href="/jobs" className="brand">
            <img src={icon} alt="" />
            找幫手
          </Link>
          <Navigation />
          <div className="top-actions">
            <SignInOrOut logout={logout} />
          </div>
        </div>
        {online ? null : (
          <p className="banner" role="status">
            {t(words.offline)}
          </p>
        )}
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {logout.problem ? <ProblemNotice problem={logout.problem} /> : null}
        {children}
      </main>
      <Footer onLanguage={onLanguage} />
    </div>
  );
}

function Navigation() {
  const { t } = useWords();
  const { viewer } = useSession();
  const [path] = useLocation();
  const all = [
    { to: '/jobs', label: t(words.jobs), for: true },
    { to: '/mine', label: t(words.mine), for: viewer },
    { to: '/keys', label: t(words.keys), for: viewer },
    { to: '/account', label: t(words.account), for: viewer },
    { to: '/admin/users', label: t(words.users), for: viewer?.role === 'ADMIN' },
    { to: '/admin/disputes', label: t(words.disputes), for: viewer?.role === 'ADMIN' },
    { to: '/admin/audit', label: t(words.audit), for: viewer?.role === 'ADMIN' },
  ];
  const isHere = (to: string) => path === to || path.startsWith(`${to}/`);
  return (
    <nav className="nav" aria-label={t(words.menu)}>
      {all
        .filter((item) => item.for)
        .map(({ to, label }) => (
          <Link key={to} href={to} {...(isHere(to) && { 'aria-current': 'page', ref: show })}>
            {label}
          </Link>
        ))}
    </nav>
  );
}

function SignInOrOut({ logout }: { logout: Action<unknown, object> }) {
  const { t } = useWords();
  const { viewer, signedOut } = useSession();
  const [, navigate] = useLocation();
  if (viewer === undefined) return null;
  if (!viewer) {
    return (
      <>
        <LinkButton to="/register" look="quiet">
          {t(words.register)}
        </LinkButton>
        <LinkButton to="/login" look="primary">
          {t(words.signIn)}
        </LinkButton>
      </>
    );
  }
  async function leave() {
    if (!(await logout.run({}))) return;
    navigate('/login');
    signedOut();
  }
  return (
    <>
      <Bell />
      <Button look="quiet" isPending={logout.pending} onPress={() => leaveWhenAllowed(() => void leave())}>
        {t(words.signOut)}
      </Button>
    </>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (tell) => {
      addEventListener('online', tell);
      addEventListener('offline', tell);
      return () => {
        removeEventListener('online', tell);
        removeEventListener('offline', tell);
      };
    },
    () => navigator.onLine,
  );
}
