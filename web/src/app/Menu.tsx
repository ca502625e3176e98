import { Link, useLocation } from 'wouter';

import { LogoutDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Icon } from '../ui/Icon.tsx';
import { leaveWhenAllowed } from '../ui/leaving.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Preferences } from './Preferences.tsx';
import { type Member, useSession } from './session.tsx';
import { useMailLanguage } from './useMailLanguage.ts';
import { words } from './words.ts';

const LINES = 'M4 7h16M4 12h16M4 17h16';

/** What concerns the reader and no page: their account, the other faces, language and appearance. */
export function Menu() {
  const { t } = useWords();
  const { viewer } = useSession();
  const onLanguage = useMailLanguage();
  if (viewer === undefined) return null;
  const label = viewer ? t(words.yourMenu)(viewer.name || viewer.id) : t(words.settings);
  return (
    <Disclosure label={label} button={viewer ? <Avatar name={viewer.name || viewer.id} /> : <Icon path={LINES} />}>
      {(close) => (
        <div className="menu">
          {viewer ? <Ways viewer={viewer} onLeave={close} /> : null}
          <Preferences onLanguage={onLanguage} />
          {viewer ? <SignOut /> : null}
        </div>
      )}
    </Disclosure>
  );
}

function Ways({ viewer, onLeave }: { viewer: Member; onLeave(): void }) {
  const { t } = useWords();
  const ways = [
    ['/account', t(words.account)],
    ['/developer/keys', t(words.developer)],
    ...(viewer.role === 'ADMIN' ? [['/admin/users', t(words.admin)] as const] : []),
  ] as const;
  return (
    <>
      <p className="menu-who">
        <span className="row-title">{viewer.name || viewer.id}</span>
        <span className="row-note">{viewer.email}</span>
      </p>
      <nav className="menu-ways" aria-label={t(words.yours)}>
        {ways.map(([to, label]) => (
          <Link key={to} href={to} onClick={onLeave}>
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}

function SignOut() {
  const { t } = useWords();
  const { signedOut } = useSession();
  const [, navigate] = useLocation();
  const logout = useAction(LogoutDocument);

  async function leave() {
    if (!(await logout.run({}))) return;
    navigate('/login');
    signedOut();
  }

  return (
    <>
      {logout.problem ? <ProblemNotice problem={logout.problem} /> : null}
      <Button isPending={logout.pending} onPress={() => leaveWhenAllowed(() => void leave())}>
        {t(words.signOut)}
      </Button>
    </>
  );
}
