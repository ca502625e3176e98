// Documents and their verdicts, by the rule of graphql-js that decides. Each line says what it shows.
// A pair is a document and the variables that it needs to run. validation.test.js explains the rest.

import { getIntrospectionQuery } from 'graphql';

const raw = String.raw;

export default {
  ExecutableDefinitionsRule: {
    valid: { 'operations and fragments only': '{ ...F } fragment F on Query { jobTypes { slug } }' },
    invalid: {
      'a type definition beside a query': '{ jobTypes { slug } } type Mine { id: ID }',
      'a schema extension beside a query': '{ jobTypes { slug } } extend schema @foo',
    },
  },
  UniqueOperationNamesRule: {
    valid: { 'a fragment may be named as an operation is': 'query A { ...A } fragment A on Query { __typename }' },
    invalid: { 'two operations of one name': 'query A { __typename } query A { __typename }' },
  },
  LoneAnonymousOperationRule: {
    valid: { 'one operation without a name': 'query { __typename }' },
    invalid: {
      'two operations without names': '{ __typename } { __typename }',
      'a nameless operation beside a named one': '{ __typename } query A { __typename }',
    },
  },
  SingleFieldSubscriptionsRule: {
    valid: { 'one root field': 'subscription { jobPublished { cursor } }' },
    invalid: {
      'introspection as the root field': 'subscription { __typename }',
      'two root fields': 'subscription { jobPublished { cursor } again: jobPublished { cursor } }',
      'two root fields, one within a fragment':
        'subscription { jobPublished { cursor } ...F } fragment F on Subscription { again: jobPublished { cursor } }',
    },
  },
  KnownTypeNamesRule: {
    valid: { 'types of the schema': ['query ($id: ID!) { node(id: $id) { ... on Job { id } } }', { id: 'job_1' }] },
    invalid: {
      'an unknown type of a variable': 'query ($a: Nothing) { __typename @skip(if: $a) }',
      'an unknown type condition': '{ node(id: "job_1") { ... on Nothing { id } } }',
      'an unknown type of a fragment': '{ ...F } fragment F on Nothing { id }',
      'an unknown type of an unused fragment': '{ ...F } fragment F on Query { __typename } fragment G on Nothing { id }',
    },
  },
  FragmentsOnCompositeTypesRule: {
    valid: { 'on an object and an interface': '{ node(id: "job_1") { ... on Node { ... on Job { id } } } }' },
    invalid: {
      'on a scalar': '{ ...F } fragment F on ID { __typename }',
      'on an enum, inline': '{ jobs { ... on JobStatus { __typename } } }',
      'on an input object': '{ ...F } fragment F on JobFilter { city }',
    },
  },
  VariablesAreInputTypesRule: {
    valid: {
      'an input object, a list, an enum': [
        'query ($by: JobBy!, $ids: [ID!]!, $order: JobOrder!) { job(by: $by) { id } nodes(ids: $ids) { id } jobs(orderBy: $order, first: 1) { nodes { id } } }',
        { by: { id: 'job_1' }, ids: ['job_1'], order: 'OLDEST' },
      ],
    },
    invalid: {
      'an object': 'query ($a: Job) { jobs(first: $a) { totalCount } }',
      'a list of interfaces': 'query ($a: [Node!]) { nodes(ids: $a) { id } }',
    },
  },
  ScalarLeafsRule: {
    valid: { 'objects have selections, scalars and enums have none': '{ jobs(first: 1) { totalCount nodes { status } } }' },
    invalid: {
      'an object without a selection': '{ jobs }',
      'a selection on a scalar': '{ jobs { totalCount { value } } }',
      'a selection on an enum': '{ jobs { nodes { status { name } } } }',
    },
  },
  FieldsOnCorrectTypeRule: {
    valid: {
      '__typename on an interface': '{ node(id: "job_1") { __typename id } }',
      'a field of the type condition': '{ node(id: "job_1") { ... on Job { title } } }',
    },
    invalid: {
      'an unknown field': '{ nothing }',
      'an unknown field behind an alias': '{ jobTypes: nothing }',
      'a field that only an implementation has': '{ node(id: "job_1") { title } }',
      'an unknown field in a fragment': '{ ...F } fragment F on Query { jobs { nothing } }',
      '__schema below the root': '{ jobs { __schema { queryType { name } } } }',
    },
  },
  UniqueFragmentNamesRule: {
    valid: { 'two fragments of two names': '{ ...A ...B } fragment A on Query { __typename } fragment B on Query { __typename }' },
    invalid: { 'two fragments of one name': '{ ...A } fragment A on Query { __typename } fragment A on Query { __typename }' },
  },
  KnownFragmentNamesRule: {
    valid: { 'a fragment defined after its use': '{ ...A } fragment A on Query { __typename }' },
    invalid: { 'a spread of nothing': '{ ...A }' },
  },
  NoUnusedFragmentsRule: {
    valid: { 'used by another fragment': '{ ...A } fragment A on Query { ...B } fragment B on Query { __typename }' },
    invalid: {
      'not used at all': '{ __typename } fragment A on Query { __typename }',
      'used by an unused one only': '{ __typename } fragment A on Query { ...B } fragment B on Query { __typename }',
    },
  },
  PossibleFragmentSpreadsRule: {
    valid: {
      'an interface within its implementation': '{ jobs(first: 1) { nodes { ... on Node { id } } } }',
      'an implementation within its interface': '{ node(id: "user_1") { ... on User { name } } }',
    },
    invalid: {
      'an object within another': '{ jobs { nodes { ... on User { id } } } }',
      'an object that does not implement the interface': '{ node(id: "job_1") { ... on JobType { slug } } }',
      'by a named fragment': '{ jobs { nodes { ...F } } } fragment F on Application { message }',
    },
  },
  NoFragmentCyclesRule: {
    valid: { 'one fragment spread twice': '{ jobs(first: 1) { nodes { ...F owner { ...G } } } } fragment F on Job { owner { ...G } } fragment G on User { id }' },
    invalid: {
      'a fragment in itself': '{ ...A } fragment A on Query { __typename ...A }',
      'a fragment in itself, one field down': '{ jobs { nodes { ...A } } } fragment A on Job { owner { jobs { nodes { ...A } } } }',
      'a circle of three': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
    },
  },
  UniqueVariableNamesRule: {
    valid: { 'the same name in two operations': ['query ($a: ID!) { node(id: $a) { id } }', { a: 'job_1' }] },
    invalid: { 'one name twice': 'query ($a: Int, $a: Int) { jobs(first: $a) { totalCount } }' },
  },
  NoUndefinedVariablesRule: {
    valid: { 'used in a fragment': ['query ($a: Int) { ...F } fragment F on Query { jobs(first: $a) { totalCount } }', { a: 1 }] },
    invalid: {
      'not defined': '{ jobs(first: $a) { totalCount } }',
      'not defined, within an object': '{ jobs(filter: { city: $a }) { totalCount } }',
      'defined by one of two operations only': 'query A($a: Int) { ...F } query B { ...F } fragment F on Query { jobs(first: $a) { totalCount } }',
    },
  },
  NoUnusedVariablesRule: {
    valid: { 'used in a directive only': ['query ($a: Boolean!) { __typename @include(if: $a) }', { a: true }] },
    invalid: {
      'not used': 'query ($a: Int) { __typename }',
      'used by the other operation only': 'query A($a: Int) { __typename } query B($a: Int) { jobs(first: $a) { totalCount } }',
    },
  },
  KnownDirectivesRule: {
    valid: { 'on a field, a spread and an inline fragment': '{ __typename @skip(if: false) ...F @include(if: true) ... @include(if: true) { __typename } } fragment F on Query { __typename }' },
    invalid: {
      'an unknown directive': '{ __typename @nothing }',
      'a directive at the wrong place': 'query @skip(if: true) { __typename }',
      'a directive of the schema in a query': '{ __typename @constraint(min: 1) }',
    },
  },
  UniqueDirectivesPerLocationRule: {
    valid: { 'two directives on one field': '{ __typename @skip(if: false) @include(if: true) }' },
    invalid: { 'one directive twice on one field': '{ __typename @skip(if: false) @skip(if: false) }' },
  },
  KnownArgumentNamesRule: {
    valid: { 'in any order': '{ jobs(orderBy: OLDEST, first: 1) { totalCount } }' },
    invalid: {
      'an unknown argument of a field': '{ jobs(nothing: 1) { totalCount } }',
      'an unknown argument of a directive': '{ __typename @skip(if: false, nothing: 1) }',
    },
  },
  UniqueArgumentNamesRule: {
    valid: { 'one argument on two fields': '{ a: jobs(first: 1) { totalCount } b: jobs(first: 1) { totalCount } }' },
    invalid: {
      'one argument twice': '{ jobs(first: 1, first: 1) { totalCount } }',
      'one argument of a directive twice': '{ __typename @skip(if: false, if: false) }',
    },
  },
  ValuesOfCorrectTypeRule: {
    valid: {
      'null for what may be null': '{ jobs(first: 1, after: null) { totalCount } }',
      'a whole number for an ID': '{ job(by: { databaseId: 1 }) { id } }',
      'one value for a list of one': '{ nodes(ids: "job_1") { id } }',
      'a moment with an offset': '{ jobs(filter: { createdFrom: "2026-02-07T08:00:00+08:00" }) { totalCount } }',
      'exactly one field of a oneOf object': '{ job(by: { id: "job_1" }) { id } }',
    },
    invalid: {
      'a string for a number': '{ jobs(first: "1") { totalCount } }',
      'a fraction for a whole number': '{ jobs(first: 1.0) { totalCount } }',
      'a number beyond 32 bits': '{ jobs(first: 2147483648) { totalCount } }',
      'null for what may not be null': '{ node(id: null) { id } }',
      'a string for an enum value': '{ jobs(orderBy: "NEWEST") { totalCount } }',
      'an unknown enum value': '{ jobs(orderBy: BEST) { totalCount } }',
      'an enum value for a string': '{ jobs(filter: { city: TAIPEI }) { totalCount } }',
      'a Boolean as a string': '{ __typename @skip(if: "true") }',
      'an unknown input field': '{ jobs(filter: { nothing: 1 }) { totalCount } }',
      'a missing input field': 'mutation { login(input: { email: "a@example.com" }) { token } }',
      'an object for a scalar': '{ jobs(first: { value: 1 }) { totalCount } }',
      'null within a list of non-null items': '{ nodes(ids: ["job_1", null]) { id } }',
      'two fields of a oneOf object': '{ job(by: { id: "job_1", databaseId: "1" }) { id } }',
      'no field of a oneOf object': '{ job(by: {}) { id } }',
      'a oneOf field that is null': '{ job(by: { id: null }) { id } }',
      'a default value of another type': 'query ($a: Int = "1") { jobs(first: $a) { totalCount } }',
    },
  },
  ProvidedRequiredArgumentsRule: {
    valid: { 'an argument with a default may be left out': '{ jobs { totalCount } }' },
    invalid: {
      'a required argument of a field': '{ node { id } }',
      'a required argument of a directive': '{ __typename @skip }',
    },
  },
  VariablesInAllowedPositionRule: {
    valid: {
      'a nullable variable with a default where null is not allowed': 'query ($a: Boolean = true) { __typename @include(if: $a) }',
      'a nullable variable where the argument has a default': ['query ($a: JobOrder) { jobs(orderBy: $a, first: 1) { totalCount } }', { a: 'OLDEST' }],
      'a non-null variable within a list': ['query ($a: ID!) { nodes(ids: [$a]) { id } }', { a: 'job_1' }],
      'a non-null variable in a oneOf field': ['query ($a: ID!) { job(by: { id: $a }) { id } }', { a: 'job_1' }],
    },
    invalid: {
      'another type': 'query ($a: String) { jobs(first: $a) { totalCount } }',
      'nullable where null is not allowed': 'query ($a: ID) { node(id: $a) { id } }',
      'nullable within a list of non-null items': 'query ($a: ID) { nodes(ids: [$a]) { id } }',
      'a list of nullable items for one of non-null items': 'query ($a: [ID]!) { nodes(ids: $a) { id } }',
      'a single variable where a list is expected': 'query ($a: ID!) { nodes(ids: $a) { id } }',
      'nullable, two fragments away': 'query ($a: ID) { ...A } fragment A on Query { ...B } fragment B on Query { node(id: $a) { id } }',
      'nullable in an input field that is required': 'mutation ($a: String) { login(input: { email: "a@example.com", password: $a }) { token } }',
      'nullable in a oneOf field': 'query ($a: ID) { job(by: { id: $a }) { id } }',
      'a default of null': 'query ($a: ID = null) { node(id: $a) { id } }',
    },
  },
  OverlappingFieldsCanBeMergedRule: {
    valid: {
      'the same field twice': '{ jobTypes { slug } jobTypes { slug labelEn } }',
      'the same field with the same arguments': '{ jobs(first: 1) { totalCount } jobs(first: 1) { nodes { id } } }',
      'different fields of types that exclude each other': '{ node(id: "job_1") { ... on Job { name: title } ... on User { name } } }',
    },
    invalid: {
      'two fields under one alias': '{ jobTypes { a: slug a: labelEn } }',
      'one field with two arguments': '{ jobs(first: 1) { totalCount } jobs(first: 2) { totalCount } }',
      'an argument here and none there': '{ jobs(first: 1) { totalCount } jobs { totalCount } }',
      'two levels down': '{ jobs(first: 1) { nodes { id } } jobs(first: 1) { nodes { id: title } } }',
      'between two fragments': '{ jobTypes { ...A ...B } } fragment A on JobType { a: slug } fragment B on JobType { a: labelEn }',
      'different shapes on types that exclude each other': '{ node(id: "job_1") { ... on Job { a: title } ... on User { a: isVerified } } }',
      'null or not null on types that exclude each other': '{ node(id: "job_1") { ... on Job { a: createdAt } ... on User { a: updatedAt } } }',
      'two variables': 'query ($a: Int, $b: Int) { jobs(first: $a) { totalCount } jobs(first: $b) { totalCount } }',
    },
  },
  UniqueInputFieldNamesRule: {
    valid: { 'one name in two objects': '{ a: jobs(filter: { city: "a" }) { totalCount } b: jobs(filter: { city: "a" }) { totalCount } }' },
    invalid: {
      'one field twice': '{ jobs(filter: { city: "a", city: "b" }) { totalCount } }',
      'one field twice in a default': 'query ($a: JobFilter = { city: "a", city: "a" }) { jobs(filter: $a) { totalCount } }',
    },
  },
  MaxIntrospectionDepthRule: {
    valid: { 'lists within lists, twice': '{ __schema { types { fields { type { fields { name } } } } } }' },
    invalid: { 'lists within lists, three times': '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }' },
  },
  introspection: {
    valid: {
      'GraphiQL\'s own query': getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, oneOf: true }),
      'oneOf objects and repeatable directives': '{ __type(name: "JobBy") { isOneOf inputFields { name } } __schema { directives { isRepeatable } } }',
      'deprecated parts on request': '{ __type(name: "Job") { fields(includeDeprecated: true) { name args(includeDeprecated: true) { name } } } }',
    },
    invalid: {
      'an unknown field of __Type': '{ __type(name: "Job") { nothing } }',
      '__type without a name': '{ __type { name } }',
    },
  },
  'executable descriptions': {
    valid: {
      'an operation is described': '"All of them." query Types { jobTypes { slug } }',
      'a fragment is described by a block string': '{ ...F } """Only\nthe slug.""" fragment F on Query { jobTypes { slug } }',
      'a variable is described': 'query Page("How many." $a: Int = 1) { jobs(first: $a) { totalCount } }',
    },
    invalid: { 'a shorthand query is described': '"All of them." { jobTypes { slug } }' },
  },
  strings: {
    valid: {
      'an escape of four digits': raw`{ jobs(filter: { city: "\u53f0\u5317" }) { totalCount } }`,
      'an escape in braces': raw`{ jobs(filter: { city: "\u{53F0}\u{1F37A}" }) { totalCount } }`,
      'an emoji as a pair of surrogates': raw`{ jobs(filter: { city: "\uD83C\uDF7A" }) { totalCount } }`,
      'an emoji as it is': '{ jobs(filter: { city: "🍺" }) { totalCount } }',
      'all short escapes': raw`{ jobs(filter: { city: "\" \\ \/ \b \f \n \r \t" }) { totalCount } }`,
      'a block string with quotes in it': raw`{ jobs(filter: { city: """ a "b" \""" \u{no} """ }) { totalCount } }`,
      'a block string of several lines': '{ jobs(filter: { city: """\n  a\n    b\n""" }) { totalCount } }',
      'a hash in a string is no comment': '{ jobs(filter: { city: "#1" }) { totalCount } } # "',
    },
    invalid: {
      'half a pair of surrogates': raw`{ jobs(filter: { city: "\uD83C" }) { totalCount } }`,
      'a pair the wrong way round': raw`{ jobs(filter: { city: "\uDF7A\uD83C" }) { totalCount } }`,
      'a surrogate in braces': raw`{ jobs(filter: { city: "\u{D83C}\u{DF7A}" }) { totalCount } }`,
      'beyond the last code point': raw`{ jobs(filter: { city: "\u{110000}" }) { totalCount } }`,
      'braces without digits': raw`{ jobs(filter: { city: "\u{}" }) { totalCount } }`,
      'an escape of three digits': raw`{ jobs(filter: { city: "\u53f" }) { totalCount } }`,
      'an unknown escape': raw`{ jobs(filter: { city: "\x41" }) { totalCount } }`,
      'a line break in a string': '{ jobs(filter: { city: "a\nb" }) { totalCount } }',
      'a string without an end': '{ jobs(filter: { city: "a }) { totalCount } }',
      'a block string without an end': '{ jobs(filter: { city: """a" }) { totalCount } }',
    },
  },
  syntax: {
    valid: {
      'commas are white space': '{,jobTypes,,{,slug,},}',
      'a byte order mark in front': '\uFEFF{ jobTypes { slug } }',
      'keywords as names': 'query query { type: __typename on: __typename null: __typename }',
      'comments between all tokens': '{ # a\n jobTypes # b {\n { # }\n slug } }',
    },
    invalid: {
      'a comment only': '# nothing',
      'an empty selection': '{ }',
      'an empty argument list': '{ jobs() { totalCount } }',
      'an empty variable list': 'query () { __typename }',
      'an argument without a value': '{ jobs(first:) { totalCount } }',
      'a bracket that is not closed': '{ jobTypes { slug }',
      'a bracket too many': '{ jobTypes { slug } } }',
      'a number with a leading zero': '{ jobs(first: 01) { totalCount } }',
      'a number that runs into a name': '{ jobs(first: 1a) { totalCount } }',
      'a fragment called on': '{ ...on } fragment on on Query { __typename }',
      'a variable in a default': 'query ($a: Int, $b: Int = $a) { jobs(first: $b) { totalCount } }',
      'an enum value called true': '{ jobs(orderBy: @true) { totalCount } }',
      'a character that no token begins with': '{ jobTypes { slug ^ } }',
    },
  },
};
