import type { Media, Schema } from './openapi.ts';

/** A member of an object, and what is in it. */
export interface Member {
  name: string;
  schema: Schema;
  isRequired: boolean;
  members: readonly Member[];
}

/** What a value must keep to; the page has the words. */
export type Limit =
  | { kind: 'length' | 'range'; min: number | null; max: number | null }
  | { kind: 'format' | 'default' | 'always'; value: string }
  | { kind: 'values'; values: readonly unknown[] };

const INT32 = { min: -2_147_483_648, max: 2_147_483_647 };

/** The members of an object or of a list's objects, the required ones first. */
export function membersOf(schema: Schema): Member[] {
  const { properties, required = [], items } = theOne(schema).schema;
  if (items) return membersOf(items);
  if (!properties) return [];
  const others = Object.keys(properties).filter((name) => !required.includes(name));
  return [...required, ...others].flatMap((name) => {
    const member = properties[name];
    if (!member) return [];
    return [{ name, schema: member, isRequired: required.includes(name), members: membersOf(member) }];
  });
}

/** The type in JSON's words, such as `string[] | null`. */
export function typeOf(whole: Schema): string {
  const { schema, isNullable } = theOne(whole);
  if (schema.const !== undefined) return typeof schema.const;
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const named = types.map((type) => (type === 'array' ? `${typeOf(schema.items ?? {})}[]` : type));
  return [named.join(' | ') || 'any', ...(isNullable ? ['null'] : [])].join(' | ');
}

export function limitsOf(whole: Schema): Limit[] {
  const { schema } = theOne(whole);
  const { minimum: least = null, maximum: most = null, minLength = null, maxLength = null } = schema;
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  const [min, max] = [least === INT32.min ? null : least, most === INT32.max ? null : most];
  const limits: (Limit | false)[] = [
    schema.format !== undefined && !schema.format.startsWith('int') && { kind: 'format', value: schema.format },
    (minLength !== null || maxLength !== null) && { kind: 'length', min: minLength, max: maxLength },
    (min !== null || max !== null) && { kind: 'range', min, max },
    values.length > 1 && { kind: 'values', values },
    values.length === 1 && { kind: 'always', value: JSON.stringify(values[0]) },
    whole.default !== undefined && whole.default !== null && { kind: 'default', value: inText(whole.default) },
  ];
  return limits.filter((limit) => limit !== false);
}

/** A value in a line: texts as they are, the rest as JSON. */
export function inText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The example, its members in the order of the schema; else a value that fits. */
export function exampleOf({ schema = {}, example }: Media): unknown {
  return example === undefined ? sampleOf(schema) : inOrder(example, membersOf(schema));
}

function inOrder(value: unknown, members: readonly Member[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, members));
  if (typeof value !== 'object' || value === null) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  const known = members.filter(({ name }) => given.has(name));
  const isKnown = (name: string) => known.some((member) => member.name === name);
  const ordered = known.map(({ name, members: inner }) => [name, inOrder(given.get(name), inner)]);
  return { ...Object.fromEntries(ordered), ...Object.fromEntries([...given].filter(([name]) => !isKnown(name))) };
}

/** A value that fits, for where the description has no example. */
export function sampleOf(whole: Schema): unknown {
  const { schema } = theOne(whole);
  const given = [schema.example, schema.const, schema.default, schema.enum?.[0]].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const [type] = [schema.type ?? []].flat();
  if (type === 'array') return [sampleOf(schema.items ?? {})];
  if (schema.properties) {
    return Object.fromEntries(membersOf(schema).map((member) => [member.name, sampleOf(member.schema)]));
  }
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'string') return schema.format === 'date-time' ? '2026-02-07T08:00:00Z' : '…';
  return {};
}

/** What is left of a type that may be null. */
function theOne(schema: Schema): { schema: Schema; isNullable: boolean } {
  const [first, second] = schema.anyOf ?? [];
  if (first && second?.type === 'null') return { schema: first, isNullable: true };
  return { schema, isNullable: [schema.type ?? []].flat().includes('null') };
}
