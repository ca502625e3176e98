import { useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { words } from './words.ts';

interface Props {
  text: string;
  /** Tells screen readers which. */
  what: string;
  /** In place of the word alone. */
  label?: string;
}

/** Copies a text. */
export function CopyButton({ text, what, label }: Props) {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied'>();
  function copy() {
    const tell = (told: typeof outcome) => {
      setOutcome(told);
      setTimeout(() => setOutcome(undefined), 2000);
    };
    // Browsers may refuse it, and have no clipboard outside of secure pages.
    const copying = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    void copying.then(
      () => tell('copied'),
      () => tell('notCopied'),
    );
  }
  return (
    <>
      <Button
        look={label ? 'plain' : 'quiet'}
        onPress={copy}
        {...(!label && { 'aria-label': `${t(words[outcome ?? 'copy'])} ${what}` })}
      >
        {outcome ? t(words[outcome]) : (label ?? t(words.copy))}
      </Button>
      <span role="status" className="visually-hidden">
        {outcome ? t(words[outcome]) : ''}
      </span>
    </>
  );
}
