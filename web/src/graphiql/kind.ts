import { getOperationAST, type OperationTypeNode, parse } from 'graphql';

/** What kind of operation a document holds under this name; undefined if the gateway has to complain of it. */
export function kindOf(query: string, operationName?: string | null): `${OperationTypeNode}` | undefined {
  try {
    return getOperationAST(parse(query, { noLocation: true }), operationName)?.operation;
  } catch {
    return undefined;
  }
}
