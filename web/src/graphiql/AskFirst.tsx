import { Button, Dialog } from '@graphiql/react';
import { useSyncExternalStore } from 'react';

import { useWords } from '../i18n/language.tsx';
import { onQuestion, openQuestion } from './question.ts';
import { words } from './words.ts';

/** Asks before a mutation runs: an example or a link may have brought it, and what it changes is real. */
export function AskFirst() {
  const { t, language } = useWords();
  const question = useSyncExternalStore(onQuestion, openQuestion);
  return (
    <Dialog open={question !== null} onOpenChange={() => question?.answer(false)}>
      {question ? (
        <div className="ask-first" lang={language}>
          <Dialog.Title className="ask-first-title">{t(words.askTitle)}</Dialog.Title>
          <Dialog.Description>{t(words.askText)}</Dialog.Description>
          <p>
            <code>{question.fields.join(', ')}</code>
          </p>
          <div className="ask-first-buttons">
            <Button type="button" onClick={() => question.answer(false)}>
              {t(words.askNo)}
            </Button>
            <Button type="button" state="error" onClick={() => question.answer(true)}>
              {t(words.askYes)}
            </Button>
          </div>
        </div>
      ) : null}
    </Dialog>
  );
}
