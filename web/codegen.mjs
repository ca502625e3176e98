// Writes into src/graphql what the portal knows of schema.graphql: in generated.ts the types and documents of
// its operations, in limits.ts the limits of inputs.
//   node codegen.mjs          writes both
//   node codegen.mjs --check  fails when a checked-in file is stale
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';

import { limitsOf } from './limits.mjs';

const found = readdirSync('src', { recursive: true })
  .filter((path) => path.endsWith('.graphql') && !path.startsWith('graphiql'))
  .sort();
const sdl = readFileSync('../schema.graphql', 'utf8');
const schema = buildSchema(sdl);

const generated = await codegen({
  filename: 'generated.ts',
  schema: parse(sdl),
  schemaAst: schema,
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

for (const [name, content] of Object.entries({ generated, limits: limitsOf(schema) })) {
  const target = `src/graphql/${name}.ts`;
  const text = `// Written by \`npm run codegen\`; do not edit.\n${content}`;
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
  } else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is stale: run \`npm run codegen\`.`);
    process.exitCode = 1;
  }
}
