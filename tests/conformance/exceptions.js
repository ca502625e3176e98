// Every exception from the rules, with its reason. docs/conformance.md prints this list. An entry that is no
// longer needed fails its test.
/** Documents that graphql-js 16 lets pass, against the specification: group → document → reason. */
export const wrongInGraphqlJs = {
  VariablesInAllowedPositionRule: {
    'nullable in a oneOf field':
      'graphql-js accepts it if the oneOf object itself is non-null; by the specification, the field of a ' +
      'oneOf object is a non-null position',
  },
};

/** Documents that the gateway refuses too, with a code of its own: group → document → reason. */
export const refusedAsTooComplex = {
  MaxIntrospectionDepthRule: {
    'lists within lists, three times':
      'the gateway treats the rule as a limit and answers QUERY_TOO_COMPLEX, as for its other limits',
  },
};

/** Rules of ESLint that are off or narrowed. */
export const eslint = {
  'no-typename-prefix (off)': '`Job.jobType` has the name of the documented REST parameter',
  'naming-convention (without JobType)': 'a `JobType` is a kind of job, not a type with a suffix',
  'strict-id-in-types (without connections, edges, payloads, PageInfo, JobType, JobFacets, JobFacet, PayRange, UserRating, City, District, JobEvent, JobProposal, JobNews, JobListUpdate, NoticeNews, NoticePreference, JobHighlights, TextPiece, RateLimit, ApiKeyUsage, ApiKeyCounts, ApiKeyDay, ApiKeyRoute, ApiKeyQuota, ApiKeyRequest, PastJob)':
    'these types have no id: a job type is identified by its slug, a city by its name and a district by its ' +
    'name within it, a facet by its value, a rating by its person, an event and what it changes in a list by its position, a notice that comes by its cursor, a preference by its kind, the usage of a key by day or route, a request by its place among the last; a job that is over tells strangers no more than where it was; highlights and a proposal belong to their job',
  'relay-edge-types (shouldImplementNode)': 'a `JobEvent` can only be reached through its job',
  'relay-edge-types (listTypeCanWrapOnlyEdgeType)':
    '`nodes` is a shortcut to the items of a page; bounded lists need no pages',
};

/** Checks of Schemathesis that are off; schemathesis.toml says for which routes. */
export const schemathesis = {
  'positive_data_acceptance (off for 7 of the 17 routes: list, create and update jobs, register, verify)':
    'values that JSON Schema cannot describe are refused with 400: signed cursors, times that must be in the ' +
    'future, slugs of job types, deliverable addresses, tokens from mails',
};
