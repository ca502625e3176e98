import { useSearchParams } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page } from '../ui/Page.tsx';
import { words } from './accountWords.ts';

/** What stands where one's account was: until when it can be had back. */
export default function Deleted() {
  const { t, dateTime } = useWords();
  const [search] = useSearchParams();
  const until = search.get('until') ?? '';
  return (
    <Page title={t(words.deleted)} narrow>
      <div className="card">
        <p>{t(words.deletedText)}</p>
        {Number.isNaN(Date.parse(until)) ? null : <p>{t(words.deletedUntil)(dateTime(until))}</p>}
        <div className="actions">
          <LinkButton to="/login">{t(words.keepAccount)}</LinkButton>
        </div>
      </div>
    </Page>
  );
}
