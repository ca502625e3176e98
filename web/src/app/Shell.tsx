import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { signInPath } from '../account/next.ts';
import { useWords } from '../i18n/language.tsx';
import icon from '../icon.svg';
import { Bell } from '../notices/Bell.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useOnline } from '../ui/online.ts';
import { faceOf } from './faces.ts';
import { Footer } from './Footer.tsx';
import { Menu } from './Menu.tsx';
import { Navigation } from './Navigation.tsx';
import { useSession } from './session.tsx';
import { words } from './words.ts';

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [path] = useLocation();
  const online = useOnline();
  const face = faceOf(path);
  return (
    <div className={`shell shell-${face}`}>
      <a className="skip button" href="#main">
        {t(words.skip)}
      </a>
      <header className="top">
        <div className="top-inner">
          <Link href="/jobs" className="brand">
            <img src={icon} alt="" />
            <span className="brand-name">找幫手</span>
          </Link>
          {face === 'people' ? null : <span className="brand-face">{t(words[face])}</span>}
          <Navigation face={face} />
          <div className="top-actions">
            <Account />
            <Menu />
          </div>
        </div>
        {online ? null : (
          <p className="banner" role="status">
            {t(words.offline)}
          </p>
        )}
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  );
}

/** The way in; for who is in, what has come for them. */
function Account() {
  const { t } = useWords();
  const { viewer } = useSession();
  const [path] = useLocation();
  if (viewer === undefined) return null;
  if (viewer) return <Bell />;
  return (
    <>
      <LinkButton to={signInPath(path, location.search, '/register')} look="quiet">
        {t(words.register)}
      </LinkButton>
      <LinkButton to={signInPath(path, location.search)} look="primary">
        {t(words.signIn)}
      </LinkButton>
    </>
  );
}
