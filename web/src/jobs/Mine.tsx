import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { Empty } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { show } from '../ui/show.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { words } from './mineWords.ts';

/** What stands around the lists of one's own jobs and applications. */
export function Mine({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const post = (
    <LinkButton to="/jobs/new" look="primary">
      {t(words.post)}
    </LinkButton>
  );
  const parts = [
    ['/mine', t(words.posted)],
    ['/mine/applications', t(words.applied)],
  ] as const;
  return (
    <Page title={t(words.title)} actions={post}>
      <Tabs label={t(words.title)} parts={parts} />
      {children}
    </Page>
  );
}

interface StatesProps<State extends string> {
  path: string;
  names: Record<State, string>;
  chosen: State | null;
}

/** Narrows a list to a state, which the page's address keeps. */
export function States<State extends string>({ path, names, chosen }: StatesProps<State>) {
  const { t } = useWords();
  const all = [[null, t(words.all)], ...Object.entries<string>(names)] as const;
  return (
    <nav className="chips" aria-label={t(words.byState)}>
      {all.map(([state, name]) => (
        <Link
          key={state}
          href={state ? `${path}?status=${state}` : path}
          {...(state === chosen && { 'aria-current': 'true', ref: show })}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

interface NoneProps {
  /** The name of the state that the list was narrowed to. */
  state: string | null;
  title: string;
  text: string;
  /** What leads on. */
  children: ReactNode;
}

/** What stands where nothing is in a state, or nothing at all. */
export function None({ state, title, text, children }: NoneProps) {
  const { t } = useWords();
  if (state) return <Empty title={t(words.noneInState)(state)} />;
  return (
    <Empty title={title}>
      <p className="muted">{text}</p>
      {children}
    </Empty>
  );
}

/** The state that a page's address names, if there is such a one. */
export function stateOf<State extends string>(search: URLSearchParams, names: Record<State, string>): State | null {
  const state = search.get('status');
  return state !== null && state in names ? (state as State) : null;
}
