import { getOperationAST, Kind, type OperationDefinitionNode, type OperationTypeNode, parse } from 'graphql';

/** What kind of operation a document holds under this name; undefined if the gateway has to complain of it. */
export function kindOf(query: string, operationName?: string | null): `${OperationTypeNode}` | undefined {
  return operationOf(query, operationName)?.operation;
}

/** The fields that the operation begins with, such as `createJob`, without those of fragments. */
export function fieldsOf(query: string, operationName?: string | null): string[] {
  const selections = operationOf(query, operationName)?.selectionSet.selections ?? [];
  return selections.flatMap((it) => (it.kind === Kind.FIELD ? [it.name.value] : []));
}

function operationOf(query: string, operationName?: string | null): OperationDefinitionNode | null | undefined {
  try {
    return getOperationAST(parse(query, { noLocation: true }), operationName);
  } catch {
    return undefined;
  }
}
