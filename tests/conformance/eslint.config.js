// Every rule of the two sets is on, but for what exceptions.js names with its reason.
import graphql from '@graphql-eslint/eslint-plugin';

const rules = {
  ...graphql.configs['flat/schema-recommended'].rules,
  ...graphql.configs['flat/schema-relay'].rules,
};
const [severity, { 'ObjectTypeDefinition,ObjectTypeExtension': ofObjects, ...ofOthers }] =
  rules['@graphql-eslint/naming-convention'];

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
      ...rules,
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/naming-convention': [
        severity,
        { ...ofOthers, 'ObjectTypeDefinition[name.value!=JobType]': ofObjects },
      ],
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            suffixes: ['Connection', 'Edge', 'Payload'],
            types: [
              'PageInfo',
              'JobType',
              'JobFacets',
              'JobFacet',
              'PayRange',
              'UserRating',
              'City',
              'District',
              'JobEvent',
              'JobProposal',
              'JobNews',
              'JobListUpdate',
              'NoticeNews',
              'NoticePreference',
              'JobHighlights',
              'TextPiece',
              'RateLimit',
              'ApiKeyUsage',
              'ApiKeyCounts',
              'ApiKeyDay',
              'ApiKeyRoute',
              'ApiKeyQuota',
              'ApiKeyRequest',
              'PastJob',
            ],
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
