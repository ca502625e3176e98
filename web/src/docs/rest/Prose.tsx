import { Fragment } from 'react';

import { useWords } from '../../i18n/language.tsx';
import { translate } from './translate.ts';

/** A text of the description in the reader's language, with its code set as code. */
export function Prose({ text }: { text: string }) {
  const { language } = useWords();
  return translate(text, language).map((said) => (
    <p key={said.text} lang={said.language === language ? undefined : said.language}>
      <Code text={said.text} />
    </p>
  ));
}

/** The same within a line. */
export function Phrase({ text }: { text: string }) {
  const { language } = useWords();
  return translate(text, language).map((said) => (
    <span key={said.text} lang={said.language === language ? undefined : said.language}>
      <Code text={said.text} />
    </span>
  ));
}

function Code({ text }: { text: string }) {
  const parts = text.split('`');
  return parts.map((part, at) => <Fragment key={at}>{at % 2 ? <code>{part}</code> : part}</Fragment>);
}
