import { useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import type { Language } from '../i18n/negotiate.ts';
import { Select } from '../ui/Choice.tsx';
import { applyTheme, chosenTheme, THEMES, type Theme } from '../ui/theme.ts';
import { words } from './words.ts';

const LANGUAGES = [
  { value: 'zh-TW', label: '繁體中文' },
  { value: 'en', label: 'English' },
];

/** Language and appearance, which this browser keeps. */
export function Preferences({ onLanguage }: { onLanguage?: (next: Language) => void }) {
  const { t, language, choose } = useWords();
  const [theme, setTheme] = useState(chosenTheme);
  const names = t(words.themes);

  function chooseLanguage(next: Language) {
    onLanguage?.(next);
    choose(next);
  }

  return (
    <div className="preferences">
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
  );
}
