import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { Link } from 'wouter';

import { useWords } from '../../i18n/language.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Article, type Part } from '../Article.tsx';
import { Prose } from '../Prose.tsx';
import { InputField, Meaning, OutputField } from './Member.tsx';
import { kindOf, schema, usesOf } from './schema.ts';
import { Search } from './Search.tsx';
import { Places, TypeLink } from './TypeLink.tsx';
import { words } from './words.ts';

/** A type: what it means, its members, and where it is used. */
export function TypePage({ type }: { type: GraphQLNamedType }) {
  const { t } = useWords();
  const members = membersOf(type);
  const uses = usesOf(type);
  const parts: Part[] = [];
  if (members.length) {
    parts.push({ id: '_members', title: t(isEnumType(type) ? words.values : words.fields), body: null }, ...members);
  }
  if (isInterfaceType(type)) {
    const possible = schema.getPossibleTypes(type).map(({ name }) => ({ name, to: `/graphql/${name}` }));
    parts.push({ id: '_possible', title: t(words.possible), body: <Places places={possible} /> });
  }
  if (uses.length) parts.push({ id: '_uses', title: t(words.uses), body: <Places places={uses} /> });
  return (
    <Article title={type.name} parts={parts} dense>
      <Search />
      <div className="type-head">
        <p className="badges">
          <Badge tone="calm">{t(words.kind)[kindOf(type)]}</Badge>
          <Link href="/graphql">{t(words.all)}</Link>
        </p>
        {type.description ? <Prose lang="en">{type.description}</Prose> : null}
        <Facts type={type} />
      </div>
    </Article>
  );
}

/** What is particular to its kind. */
function Facts({ type }: { type: GraphQLNamedType }) {
  const { t } = useWords();
  if (isInputObjectType(type) && type.isOneOf) return <p>{t(words.oneOf)}</p>;
  if (isScalarType(type) && type.specifiedByURL) {
    return (
      <p>
        {t(words.specified)} <a href={type.specifiedByURL}>{type.specifiedByURL}</a>
      </p>
    );
  }
  if (!isObjectType(type) || !type.getInterfaces().length) return null;
  return (
    <p>
      {t(words.interfaces)}{' '}
      {type.getInterfaces().map((one) => (
        <TypeLink key={one.name} type={one} />
      ))}
    </p>
  );
}

function membersOf(type: GraphQLNamedType): Part[] {
  const part = (name: string, body: Part['body']) => ({ id: name, title: name, sub: true, code: true, body });
  if (isEnumType(type)) return type.getValues().map((value) => part(value.name, <Meaning of={value} />));
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => part(field.name, <InputField field={field} />));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map((field) => part(field.name, <OutputField field={field} />));
}
