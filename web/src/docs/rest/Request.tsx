import { useWords } from '../../i18n/language.tsx';
import { Entry, Members } from './Members.tsx';
import type { Media, Operation, Parameter } from './openapi.ts';
import { Prose } from './Prose.tsx';
import { json, Sample } from './Sample.tsx';
import { exampleOf, inText, membersOf } from './schema.ts';
import { words } from './words.ts';

/** What an operation takes. */
export function Request({ of: { id, parameters, body } }: { of: Operation }) {
  const { t } = useWords();
  return (
    <>
      {parameters.length ? <h4>{t(words.parameters)}</h4> : null}
      {parameters.length ? (
        <ul className="rest-members">
          {parameters.map((parameter) => (
            <li key={parameter.name}>
              <One of={parameter} />
            </li>
          ))}
        </ul>
      ) : null}
      {body ? <Body id={id} of={body} /> : null}
    </>
  );
}

function One({ of: { name, in: place, required, description, example, ...rest } }: { of: Parameter }) {
  const { t } = useWords();
  const schema = rest.schema ?? rest.content?.['application/json']?.schema ?? {};
  return (
    <Entry name={name} schema={schema} place={t(words.places)[place]} mark={required ? t(words.required) : null}>
      {description ? <Prose text={description} /> : null}
      {schema.description && schema.description !== description ? <Prose text={schema.description} /> : null}
      {example === undefined ? null : (
        <p className="row-note">
          {t(words.example)} <code>{inText(example)}</code>
        </p>
      )}
    </Entry>
  );
}

function Body({ id, of }: { id: string; of: Media }) {
  const { t } = useWords();
  const { schema = {} } = of;
  return (
    <>
      <h4>{t(words.body)}</h4>
      <Members of={membersOf(schema)} way="in" />
      {schema.description ? <Prose text={schema.description} /> : null}
      <Sample title={t(words.example)} label={t(words.exampleOf)(t(words.requestFor)(id))} text={json(exampleOf(of))} />
    </>
  );
}
