import { useWords } from '../i18n/language.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './words.ts';

/** In place of a job that there is not, or not for the reader. */
export function NoJob() {
  const { t } = useWords();
  return (
    <Page title={t(words.notFound)}>
      <p className="muted">{t(words.notFoundText)}</p>
      <div className="actions">
        <LinkButton to="/jobs">{t(words.all)}</LinkButton>
      </div>
    </Page>
  );
}
