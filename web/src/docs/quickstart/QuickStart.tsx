import { useWords } from '../../i18n/language.tsx';
import { Article } from '../Article.tsx';
import { Sample } from '../code/Sample.tsx';
import { Prose } from '../Prose.tsx';
import { words as shared } from '../words.ts';
import { STEPS } from './steps.ts';
import { words } from './words.ts';

export function QuickStart() {
  const { t } = useWords();
  const parts = STEPS.map(({ id, title, text, sample, more, sub = false }) => ({
    id,
    title: t(title),
    sub,
    body: (
      <>
        {text ? <Prose>{t(text)}</Prose> : null}
        {sample ? <Sample name={sample} title={t(title)} /> : null}
        {more ? <Prose>{t(more)}</Prose> : null}
      </>
    ),
  }));
  return <Article title={t(shared.quickStart)} lead={t(words.lead)} parts={parts} />;
}
