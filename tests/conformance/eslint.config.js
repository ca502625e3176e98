// Every rule of the two sets is on, but for what exceptions.js names with its reason.
import graphql from '@graphql-eslint/eslint-plugin';

const rule = (set, name) => graphql.configs[`flat/${set}`].rules[`@graphql-eslint/${name}`];
const [severity, names] = rule('schema-recommended', 'naming-convention');
const { ObjectTypeDefinition: _, ...otherNames } = names;
const forbidden = names['ObjectTypeDefinition,ObjectTypeExtension'];
delete otherNames['ObjectTypeDefinition,ObjectTypeExtension'];

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: new URL('../../schema.graphql', import.meta.url).pathname } },
    },
    plugins: { '@graphql-eslint': graphql },
    linterOptions: { noInlineConfig: true },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/naming-convention': [
        severity,
        { ...otherNames, 'ObjectTypeDefinition[name.value!=JobType]': forbidden },
      ],
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            suffixes: ['Connection', 'Edge', 'Payload'],
            types: ['PageInfo', 'JobType', 'JobEvent'],
          },
        },
      ],
      '@graphql-eslint/relay-edge-types': [
        'error',
        { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
];
