import { useState } from 'react';

import { mailLanguage } from '../account/mailLanguage.ts';
import { below } from '../base.ts';
import { UpdateProfileDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import type { Language } from '../i18n/negotiate.ts';
import { Select } from '../ui/Choice.tsx';
import { applyTheme, chosenTheme, THEMES, type Theme } from '../ui/theme.ts';
import { useSession } from './session.tsx';
import { words } from './words.ts';

const LANGUAGES = [
  { value: 'zh-TW', label: '繁體中文' },
  { value: 'en', label: 'English' },
];

/** Language and appearance, and where programs find the same. */
export function Footer() {
  const { t, language, choose } = useWords();
  const { viewer } = useSession();
  const update = useAction(UpdateProfileDocument);
  const [theme, setTheme] = useState(chosenTheme);
  const names = t(words.themes);

  function chooseLanguage(next: Language) {
    // Mails follow; if they cannot, the page changes all the same.
    if (viewer) void update.run({ input: { language: mailLanguage[next] } });
    choose(next);
  }

  return (
    <footer className="foot">
      <div className="foot-choices">
        <Select
          name="language"
          label={t(words.language)}
          options={LANGUAGES}
          value={language}
          onChange={(value) => chooseLanguage(value as Language)}
        />
        <Select
          name="theme"
          label={t(words.theme)}
          options={THEMES.map((value) => ({ value, label: names[value] }))}
          value={theme}
          onChange={(value) => {
            applyTheme(value as Theme);
            setTheme(value as Theme);
          }}
        />
      </div>
      <div className="foot-links">
        <a href={below('/docs')}>{t(words.docs)}</a>
        <a href={below('/graphql')}>GraphiQL</a>
        <a href={below('/openapi.json')}>OpenAPI</a>
      </div>
    </footer>
  );
}
