// Writes src/graphql/generated.ts: the types and documents of the portal's operations.
//   node codegen.mjs          writes it
//   node codegen.mjs --check  fails when the checked-in file is stale
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';

const target = 'src/graphql/generated.ts';
const found = readdirSync('src', { recursive: true })
  .filter((path) => path.endsWith('.graphql') && !path.startsWith('graphiql'))
  .sort();
const schema = readFileSync('../schema.graphql', 'utf8');

const generated = await codegen({
  filename: target,
  schema: parse(schema),
  schemaAst: buildSchema(schema),
  documents: found.map((path) => ({
    location: path,
    document: parse(readFileSync(`src/${path}`, 'utf8'), { noLocation: true }),
  })),
  config: {
    scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
    strictScalars: true,
    enumType: 'string-literal',
    useTypeImports: true,
    optimizeDocumentNode: true,
    dedupeFragments: true,
    immutableTypes: true,
    skipTypename: true,
  },
  plugins: [{ operations: {} }, { documentNodes: {} }],
  pluginMap: { operations, documentNodes },
});
const text = `// Written by \`npm run codegen\`; do not edit.\n${generated}`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error(`${target} is stale: run \`npm run codegen\`.`);
  process.exit(1);
}
