import { Link, useLocation } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/Icon.tsx';
import { show } from '../ui/show.ts';
import { type Face, hereOf, waysOf } from './faces.ts';
import { useSession } from './session.tsx';
import { words } from './words.ts';

const ICONS: Record<string, string> = {
  '/jobs': 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20.5 20.5',
  '/jobs/new': 'M12 5v14M5 12h14',
  '/mine': 'M5 8h14a1 1 0 0 1 1 1v10H4V9a1 1 0 0 1 1-1zM9 8V5h6v3M4 13h16',
};

/** The ways through a face; those of people are a bar at the bottom of a phone. */
export function Navigation({ face }: { face: Face }) {
  const { t } = useWords();
  const { viewer } = useSession();
  const [path] = useLocation();
  const ways = waysOf(face, viewer);
  const here = hereOf(ways, path);
  return (
    <nav className={`nav nav-${face}`} aria-label={t(words.menu)}>
      {ways.map(({ to, label }) => (
        <Link key={to} href={to} {...(to === here && { 'aria-current': 'page', ref: show })}>
          {face === 'people' ? <Icon path={ICONS[to]} /> : null}
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
