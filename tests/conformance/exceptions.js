// Every place where the gateway is not measured by the full rule, and why. docs/conformance.md prints
// this list; the tests import it, so that nothing is left out in silence, and an entry that is no longer
// needed turns them red.
import { schema } from './support/gateway.js';

const hasSubscriptions = Boolean(schema.getSubscriptionType());
const noSubscriptions = 'the schema has no subscriptions; only graphql-js 17 has a rule for that';

/** Documents whose verdict graphql-js 17 gives, because 16 has it wrong: group → document → reason. */
export const newerThanGraphqlJs16 = {
  VariablesInAllowedPositionRule: {
    'nullable in a oneOf field': 'the rule for variables in oneOf objects is newer than graphql-js 16',
  },
  ...(!hasSubscriptions && {
    SingleFieldSubscriptionsRule: {
      'introspection as the root field': noSubscriptions,
      'two root fields': noSubscriptions,
      'two root fields in a fragment': noSubscriptions,
    },
  }),
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
  'strict-id-in-types (without connections, edges, payloads, PageInfo, JobType, JobEvent)':
    'none of them is an object with an identity of its own: a type has its slug, an event its position',
  'relay-edge-types (shouldImplementNode)': 'a `JobEvent` is reached through its job only',
  'relay-edge-types (listTypeCanWrapOnlyEdgeType)':
    '`nodes` is the short way to the items of a page; lists that cannot grow need no pages',
};

/** Checks of Schemathesis that are off. */
export const schemathesis = {
  positive_data_acceptance:
    'what JSON Schema cannot say is refused with 400: sealed cursors, moments that must be in the ' +
    'future, slugs of job types, addresses that mail can reach, tokens from mails',
};
