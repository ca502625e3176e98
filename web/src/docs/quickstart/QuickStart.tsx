import { useWords } from '../../i18n/language.tsx';
import { Page } from '../../ui/Page.tsx';
import { words } from '../words.ts';

export function QuickStart() {
  const { t } = useWords();
  return <Page title={t(words.quickStart)}>{null}</Page>;
}
