import { gatewayAddress } from '../../base.ts';
import { useWords } from '../../i18n/language.tsx';
import { words } from '../words.ts';
import { Code } from './Code.tsx';
import { fill } from './fill.ts';
import { useSampleLanguage } from './language.tsx';
import { answer, LANGUAGES, program } from './samples.ts';

/** A program of `samples/` in the reader's language, calling this gateway, and what it is answered. */
export function Sample({ name, title }: { name: string; title: string }) {
  const { t } = useWords();
  const { language, choose } = useSampleLanguage();
  const offered = LANGUAGES.filter(({ id }) => program(name, id) !== undefined);
  const shown = offered.find(({ id }) => id === language) ?? offered[0];
  if (!shown) throw new Error(`there is no sample ${name}`);
  const text = fill(program(name, shown.id) ?? '', { origin: gatewayAddress() });
  const answered = answer(name);
  return (
    <div className="sample-pair">
      <Code
        text={text}
        label={`${title} (${shown.name})`}
        head={
          <div className="sample-tabs" role="group" aria-label={`${t(words.sampleLanguage)}: ${title}`}>
            {offered.map(({ id, name: label }) => (
              <button
                key={id}
                type="button"
                className="sample-tab"
                aria-pressed={id === shown.id}
                onClick={() => choose(id)}
              >
                {label}
              </button>
            ))}
          </div>
        }
      />
      {answered ? (
        <Code
          look="answer"
          text={answered}
          label={`${t(words.answer)}: ${title}`}
          head={<span className="sample-title">{t(words.answer)}</span>}
        />
      ) : null}
    </div>
  );
}
