import { useWords } from '../i18n/language.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './words.ts';

/** What an address without a page shows. */
export function Missing() {
  const { t } = useWords();
  return (
    <Page title={t(words.missing)}>
      <p>{t(words.missingText)}</p>
      <div className="actions">
        <LinkButton to="/">{t(words.toStart)}</LinkButton>
      </div>
    </Page>
  );
}
