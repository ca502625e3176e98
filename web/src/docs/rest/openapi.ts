/** A JSON Schema without references, as far as the gateway's descriptions go. */
export interface Schema {
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly string[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
}

export interface Media {
  schema?: Schema;
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
  content?: Record<string, Media>;
}

export interface Header {
  description?: string;
  schema?: Schema;
  example?: unknown;
}

export interface Answer {
  description: string;
  headers?: Record<string, Header>;
  content?: Record<string, Media>;
}

export interface SecurityScheme {
  type: 'apiKey' | 'http';
  /** The header of an `apiKey`. */
  name?: string;
  description?: string;
}

interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: readonly string[];
  /** Alternatives: the schemes of one are wanted together. */
  security?: readonly Record<string, unknown>[];
  parameters?: readonly Parameter[];
  requestBody?: { content?: Record<string, Media> };
  responses: Record<string, Answer>;
  'x-graphql-document'?: string;
}

export interface Description {
  info: { title: string; version: string; description?: string };
  tags?: readonly { name: string; description?: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components?: { securitySchemes?: Record<string, SecurityScheme> };
}

/** One thing to call, under however many addresses. */
export interface Operation {
  id: string;
  /** In capitals. */
  method: string;
  path: string;
  /** Where the same is served as well. */
  otherPaths: readonly string[];
  summary: string;
  description: string | null;
  /** Names of schemes that are wanted together, by alternative; none, no credentials. */
  security: readonly (readonly string[])[];
  parameters: readonly Parameter[];
  body: Media | null;
  /** By status. */
  answers: readonly (Answer & { status: string })[];
  graphql: string | null;
}

export interface Group {
  name: string;
  /** In both languages if the gateway has it so: `工作 · Jobs`. */
  title: string;
  operations: readonly Operation[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Puts what a `$ref` leads to in its place; a reference to what is around it becomes empty. */
export function dereference<T>(root: T): T {
  const at = (pointer: string) =>
    pointer
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), root);
  const walk = (value: unknown, around: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, around));
    if (!isObject(value)) return value;
    const { $ref: pointer, ...own } = value;
    const members = Object.fromEntries(Object.entries(own).map(([name, member]) => [name, walk(member, around)]));
    if (typeof pointer !== 'string') return members;
    const target = around.includes(pointer) ? {} : walk(at(pointer), [...around, pointer]);
    return { ...(isObject(target) ? target : {}), ...members };
  };
  return walk(root, []) as T;
}

/** The operations by tag, each once: what `/auth` repeats is another address of the same. */
export function groupsOf({ tags = [], paths }: Description): Group[] {
  const found = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const raw = item[method];
      return raw ? [{ path, method, raw }] : [];
    }),
  );
  const isRepeated = ({ path, method }: (typeof found)[number]) =>
    path.startsWith('/auth/') && paths[path.slice(5)]?.[method];
  const operations = found
    .filter((one) => !isRepeated(one))
    .map(({ path, method, raw }) => {
      const repeated = paths[`/auth${path}`]?.[method] ? [`/auth${path}`] : [];
      return { tags: raw.tags ?? [], operation: operationOf(path, method, raw, repeated) };
    });
  const named = tags.map(({ name, description = name }) => ({
    name,
    title: description.replace(/\.$/, ''),
    operations: operations.filter((one) => one.tags[0] === name).map((one) => one.operation),
  }));
  return named.filter((group) => group.operations.length);
}

function operationOf(path: string, method: string, raw: RawOperation, otherPaths: string[]): Operation {
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    otherPaths,
    summary: raw.summary ?? raw.operationId,
    description: raw.description ?? null,
    security: (raw.security ?? []).map((schemes) => Object.keys(schemes)),
    parameters: raw.parameters ?? [],
    body: raw.requestBody?.content?.['application/json'] ?? null,
    answers: Object.entries(raw.responses).map(([status, answer]) => ({ status, ...answer })),
    graphql: raw['x-graphql-document'] ?? null,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
