import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';

import { recall, remember } from '../ui/memory.ts';
import { formats, type Formats } from './format.ts';
import { type Language, negotiate } from './negotiate.ts';

/** The same text in Traditional Chinese and in English. */
export type Both<T = string> = readonly [zh: T, en: T];

interface Words extends Formats {
  language: Language;
  choose(language: Language): void;
  /** The one of the two that is in the reader's language. */
  t<T>(both: Both<T>): T;
}

const WordsContext = createContext<Words | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chosenLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo<Words>(
    () => ({
      language,
      choose(next) {
        remember('language', next);
        setLanguage(next);
      },
      t: (both) => pick(both, language),
      ...formats(language),
    }),
    [language],
  );
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = use(WordsContext);
  if (!words) throw new Error('useWords outside of LanguageProvider');
  return words;
}

/** The one of the two that is in the reader's language, for what is no component. */
export function inLanguage<T>(both: Both<T>): T {
  return pick(both, chosenLanguage());
}

function pick<T>([zh, en]: Both<T>, language: Language): T {
  return language === 'zh-TW' ? zh : en;
}

/** What was chosen last, else what the browser prefers. */
export function chosenLanguage(): Language {
  return negotiate([recall('language') ?? '', ...navigator.languages]);
}
