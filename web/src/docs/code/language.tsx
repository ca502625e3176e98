import { createContext, type ReactNode, use, useMemo, useState } from 'react';

import { recall, remember } from '../../ui/memory.ts';
import { LANGUAGES, type SampleLanguage } from './samples.ts';

interface Chosen {
  language: SampleLanguage;
  choose(language: SampleLanguage): void;
}

const ChosenContext = createContext<Chosen>({ language: 'sh', choose() {} });

/** The programming language that all samples are shown in, on every page and at the next visit. */
export function SampleLanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(remembered);
  const chosen = useMemo<Chosen>(
    () => ({
      language,
      choose(next) {
        remember('sample-language', next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <ChosenContext value={chosen}>{children}</ChosenContext>;
}

export function useSampleLanguage(): Chosen {
  return use(ChosenContext);
}

function remembered(): SampleLanguage {
  const name = recall('sample-language');
  return LANGUAGES.find(({ id }) => id === name)?.id ?? 'sh';
}
