import { useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { words } from './words.ts';

/** Copies a text; `what` tells screen readers which. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <>
      <Button look="quiet" onPress={() => void copy().catch(() => setCopied(false))} aria-label={`${t(words.copy)} ${what}`}>
        {t(copied ? words.copied : words.copy)}
      </Button>
      <span role="status" className="visually-hidden">
        {copied ? t(words.copied) : ''}
      </span>
    </>
  );
}
