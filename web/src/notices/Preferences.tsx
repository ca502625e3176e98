import './notices.css';

import { AccountMenu } from '../account/AccountMenu.tsx';
import { NoticePreferencesDocument } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await } from '../ui/Await.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Page, Section } from '../ui/Page.tsx';
import { deliveries, words } from './preferenceWords.ts';
import type { Choices } from './preferences.ts';
import { PreferencesForm } from './PreferencesForm.tsx';

/** How each kind of notice is mailed: mails of notices lead here. */
export default function Preferences() {
  const { t } = useWords();
  const loaded = useLoad(NoticePreferencesDocument, {});
  return (
    <Page title={t(words.title)} actions={<LinkButton to="/notices">{t(words.toNotices)}</LinkButton>}>
      <AccountMenu />
      <Ways />
      <Await of={loaded}>
        {({ viewer }) => {
          if (!viewer?.noticePreferences) return null;
          const known: Choices = Object.fromEntries(
            viewer.noticePreferences.map(({ kind, delivery }) => [kind, delivery]),
          );
          return <PreferencesForm key={viewer.id} known={known} />;
        }}
      </Await>
    </Page>
  );
}

function Ways() {
  const { t } = useWords();
  const names = t(deliveries);
  const ways = [
    [names.AT_ONCE, t(words.atOnceText)],
    [names.DAILY, t(words.dailyText)],
    [names.OFF, t(words.offText)],
  ] as const;
  return (
    <Section title={t(words.waysTitle)}>
      <p>{t(words.text)}</p>
      <dl className="ways">
        {ways.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t(words.always)}</p>
    </Section>
  );
}
