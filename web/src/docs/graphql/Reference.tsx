import { useWords } from '../../i18n/language.tsx';
import { Page } from '../../ui/Page.tsx';
import { words } from '../words.ts';

export default function Reference(_: { name?: string | undefined }) {
  const { t } = useWords();
  return <Page title={t(words.graphql)}>{null}</Page>;
}
