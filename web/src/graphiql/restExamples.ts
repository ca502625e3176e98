import { Kind, type OperationDefinitionNode, parse, type VariableDefinitionNode } from 'graphql';

import { type Example, json } from './examples.ts';
import { kindOf } from './kind.ts';

/** What is read of `/openapi.json`. */
export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { requestBodies?: Record<string, Body> };
}

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; example?: unknown }[];
  requestBody?: { $ref: string };
  'x-graphql-document'?: string;
}

interface Body {
  content: Record<string, { example?: Record<string, unknown> }>;
}

/** The document of each route, once: two routes may share one. */
export function restExamples({ paths, components }: Description): Example[] {
  const found = new Map<string, Example>();
  for (const { method, path, operation } of operationsOf(paths)) {
    const document = operation['x-graphql-document'];
    const known = document !== undefined && found.get(document);
    // The documented path of an account route is the shorter one.
    if (!document || (known && known.title[0].length <= `${method} ${path}`.length)) continue;
    found.set(document, exampleOf(`${method} ${path}`, document, operation, components));
  }
  return [...found.values()];
}

function operationsOf(paths: Description['paths']) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

function exampleOf(
  route: string,
  document: string,
  operation: Operation,
  components: Description['components'],
): Example {
  const [definition] = parse(document).definitions as OperationDefinitionNode[];
  const body = components.requestBodies?.[operation.requestBody?.$ref.split('/').at(-1) ?? ''];
  const sent = body?.content['application/json']?.example ?? {};
  const asked = Object.fromEntries((operation.parameters ?? []).map((parameter) => [parameter.name, parameter]));
  const kind = kindOf(document);
  const values = (definition?.variableDefinitions ?? []).map((variable) => {
    const name = variable.variable.name.value;
    const parameter = asked[name];
    // REST has the number of a job in its path, where GraphQL has its global id.
    const value =
      parameter?.in === 'path' ? (kind === 'query' ? 'job_50' : 'JOB_ID') : (sent[name] ?? parameter?.example);
    return [name, value ?? (isRequired(variable) ? name.toUpperCase() : undefined)] as const;
  });
  return {
    title: [route, route],
    ...(operation.summary && { summary: operation.summary }),
    kind,
    query: `# ${route}\n${document}\n`,
    variables: json(Object.fromEntries(values.filter(([, value]) => value !== undefined))),
  };
}

function isRequired(variable: VariableDefinitionNode): boolean {
  return variable.type.kind === Kind.NON_NULL_TYPE && !variable.defaultValue;
}
