import {
  buildSchema,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';

import text from '../../../../schema.graphql?raw';

/** The gateway's schema, as it is checked in. */
export const schema = buildSchema(text);

/** Kinds of types in the order they are listed. */
export const KINDS = ['object', 'input', 'enum', 'interface', 'scalar'] as const;

export type Kind = (typeof KINDS)[number];

/** The types that the schema defines itself, by name. */
export const types: readonly GraphQLNamedType[] = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** Queries, mutations and subscriptions. */
export const roots: readonly GraphQLObjectType[] = [
  schema.getQueryType(),
  schema.getMutationType(),
  schema.getSubscriptionType(),
].filter((type) => type != null);

export const directives = schema.getDirectives().filter((one) => !isSpecifiedDirective(one));

/** Whether a type has a page of its own. */
export function hasPage(type: GraphQLNamedType): boolean {
  return types.includes(type);
}

export function kindOf(type: GraphQLNamedType): Kind {
  if (isInputObjectType(type)) return 'input';
  if (isEnumType(type)) return 'enum';
  if (isInterfaceType(type)) return 'interface';
  return isScalarType(type) ? 'scalar' : 'object';
}

/** A field or an argument: `Job.owner`, and where it is described. */
export interface Place {
  name: string;
  /** Path of its page, with its anchor. */
  to: string;
}

/** Where a type stands: fields that answer it, fields and arguments that take it. */
export function usesOf(wanted: GraphQLNamedType): Place[] {
  return types.flatMap((type) => {
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => getNamedType(field.type) === wanted);
      return fields.map((field) => placeOf(type.name, field.name));
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const fields = Object.values(type.getFields()).filter((field) =>
      [field, ...field.args].some((one) => getNamedType(one.type) === wanted),
    );
    return fields.map((field) => placeOf(type.name, field.name));
  });
}

export function placeOf(type: string, member: string): Place {
  return { name: `${type}.${member}`, to: `/graphql/${type}#${member}` };
}
