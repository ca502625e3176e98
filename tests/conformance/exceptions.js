// Every place where the gateway is not measured by the full rule, and why. docs/conformance.md prints
// this list. A document or a query that needs its entry no longer turns its test red.
/** Documents that graphql-js 16 lets pass, against the specification: group → document → reason. */
export const wrongInGraphqlJs = {
  VariablesInAllowedPositionRule: {
    'nullable in a oneOf field':
      'graphql-js overlooks it where the oneOf object itself is non-null; by the specification the field of ' +
      'a oneOf object is a non-null position',
  },
};

/** Documents that the gateway refuses too, with a code of its own: group → document → reason. */
export const refusedAsTooComplex = {
  MaxIntrospectionDepthRule: {
    'lists within lists, three times': 'the rule is a limit, and says QUERY_TOO_COMPLEX as the other limits do',
  },
};

/** Rules of ESLint that are off or narrowed. */
export const eslint = {
  'no-typename-prefix (off)': '`Job.jobType` is named as the documented REST parameter is',
  'naming-convention (without JobType)': 'a `JobType` is a kind of job, not a type with a suffix',
  'strict-id-in-types (without connections, edges, payloads, PageInfo, JobType, JobEvent, JobNews, RateLimit, ApiKeyUsage, ApiKeyDay, ApiKeyRoute, ApiKeyQuota)':
    'none of them is an object with an identity of its own: a type has its slug, an event and its news a ' +
    'position, what is counted of a key its day or route',
  'relay-edge-types (shouldImplementNode)': 'a `JobEvent` is reached through its job only',
  'relay-edge-types (listTypeCanWrapOnlyEdgeType)':
    '`nodes` is the short way to the items of a page; lists that cannot grow need no pages',
};

/** Checks of Schemathesis that are off; schemathesis.toml says for which routes. */
export const schemathesis = {
  'positive_data_acceptance (off for 7 of the 17 routes: list, create and update jobs, register, verify)':
    'what JSON Schema cannot say is refused with 400: sealed cursors, moments that must be in the ' +
    'future, slugs of job types, addresses that mail can reach, tokens from mails',
};
