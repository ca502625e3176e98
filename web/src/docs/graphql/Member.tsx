import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  isRequiredArgument,
  print,
} from 'graphql';

import { useWords } from '../../i18n/language.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Inline, Prose } from '../Prose.tsx';
import { constraintOf } from './constraint.ts';
import { TypeLink } from './TypeLink.tsx';
import { words } from './words.ts';

type Output = GraphQLField<unknown, unknown>;
type Input = GraphQLArgument | GraphQLInputField;

/** What a field answers, means and takes. */
export function OutputField({ field }: { field: Output }) {
  const { t } = useWords();
  return (
    <>
      <p>
        <TypeLink type={field.type} />
      </p>
      <Meaning of={field} />
      {field.args.length ? (
        <div className="arguments">
          <p className="row-note">{t(words.arguments)}</p>
          <ul>
            {field.args.map((argument) => (
              <li key={argument.name}>
                <p>
                  <code className="argument">{argument.name}</code> <InputType of={argument} />
                </p>
                <Meaning of={argument} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

export function InputField({ field }: { field: GraphQLInputField }) {
  return (
    <>
      <p>
        <InputType of={field} />
      </p>
      <Meaning of={field} />
    </>
  );
}

/** Its type, and what values it takes. */
function InputType({ of }: { of: Input }) {
  const { t } = useWords();
  const constraint = constraintOf(of);
  const value = of.defaultValue === undefined ? null : astFromValue(of.defaultValue, of.type);
  const notes = [
    isRequiredArgument(of) ? t(words.required) : null,
    value ? `${t(words.byDefault)} \`${print(value)}\`` : null,
    constraint?.length ? `${t(words.length)} ${constraint.length}` : null,
    constraint?.range,
    constraint?.format ? `\`${constraint.format}\`` : null,
  ].filter((note) => note != null);
  return (
    <>
      <TypeLink type={of.type} />
      {notes.map((note) => (
        <span key={note} className="row-note note">
          <Inline>{note}</Inline>
        </span>
      ))}
    </>
  );
}

/** The schema's own words, which are English. */
export function Meaning({ of }: { of: Output | Input | GraphQLEnumValue }) {
  const { t } = useWords();
  return (
    <>
      {of.description ? <Prose lang="en">{of.description}</Prose> : null}
      {of.deprecationReason ? (
        <p>
          <Badge tone="busy">{t(words.deprecated)}</Badge>{' '}
          <span lang="en">
            <Inline>{of.deprecationReason}</Inline>
          </span>
        </p>
      ) : null}
    </>
  );
}
