import { useWords } from '../../i18n/language.tsx';
import { Unfold } from '../../ui/Unfold.tsx';
import { Entry, Members } from './Members.tsx';
import type { Answer, Operation } from './openapi.ts';
import { Phrase, Prose } from './Prose.tsx';
import { json, Sample } from './Sample.tsx';
import { exampleOf, inText, membersOf } from './schema.ts';
import { words } from './words.ts';

/** What an operation answers, by status; each unfolds. */
export function Answers({ of: { id, answers } }: { of: Operation }) {
  return (
    <div className="rest-answers">
      {answers.map((answer) => (
        <Unfold key={answer.status} summary={<Summary of={answer} />}>
          <Details status={answer.status} answer={answer} id={id} />
        </Unfold>
      ))}
    </div>
  );
}

function Summary({ of: answer }: { of: Operation['answers'][number] }) {
  const look = /^[123]/.test(answer.status) ? 'rest-good' : 'rest-bad';
  return (
    <>
      <code className={look}>{answer.status}</code> <Codes of={answer} />
    </>
  );
}

/** What it is, in a line: the codes of a refusal. */
function Codes({ of: { description } }: { of: Answer }) {
  const codes = codesOf(description);
  return codes.length ? <span className="row-note">{codes.join(' · ')}</span> : <Phrase text={description} />;
}

function codesOf(description: string): string[] {
  return [...description.matchAll(/^`([^`]+)`: /gm)].map(([, code = '']) => code);
}

function Details({ status, answer, id }: { status: string; answer: Answer; id: string }) {
  const { t } = useWords();
  const media = answer.content?.['application/json'];
  const types = Object.keys(answer.content ?? {});
  const members = media?.schema ? membersOf(media.schema) : [];
  const label = t(words.answerFor)(status, id);
  return (
    <div className="rest-answer">
      {codesOf(answer.description).length ? <Prose text={answer.description} /> : null}
      {types.length > 1 ? (
        <p className="row-note">
          {t(words.mediaTypes)}: {types.join(', ')}
        </p>
      ) : null}
      {members.length ? <h5>{t(words.fields)}</h5> : null}
      {members.length ? <Members of={members} way="out" /> : null}
      {media?.schema ? (
        <Sample title={t(words.example)} label={t(words.exampleOf)(label)} text={json(exampleOf(media))} />
      ) : null}
      <Headers of={answer} />
    </div>
  );
}

function Headers({ of: { headers = {} } }: { of: Answer }) {
  const { t } = useWords();
  const all = Object.entries(headers);
  if (!all.length) return null;
  return (
    <>
      <h5>{t(words.headers)}</h5>
      <ul className="rest-members">
        {all.map(([name, { description = '', schema = {}, example }]) => (
          <li key={name}>
            <Entry name={name} schema={schema} mark={null}>
              <Prose text={description} />
              {example === undefined ? null : <code className="rest-example">{inText(example)}</code>}
            </Entry>
          </li>
        ))}
      </ul>
    </>
  );
}
