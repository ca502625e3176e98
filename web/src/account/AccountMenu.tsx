import { useWords } from '../i18n/language.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { words } from './accountWords.ts';

/** The ways between the pages about one's own account. */
export function AccountMenu() {
  const { t } = useWords();
  const parts = [
    ['/account', t(words.profile)],
    ['/account/second-factor', t(words.secondFactor)],
    ['/account/sessions', t(words.sessions)],
    ['/account/notices', t(words.notices)],
    ['/account/activity', t(words.activity)],
  ] as const;
  return <Tabs label={t(words.parts)} parts={parts} />;
}
