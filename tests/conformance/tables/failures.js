// Queries whose resolvers fail, because the database was broken under the running gateway. `fails` names
// the fields that cannot be read then, as Type.field; everything else must come as if nothing had happened.

const gone = (table, column) => ({
  breaks: `ALTER TABLE ${table} RENAME COLUMN ${column} TO gone`,
  mends: `ALTER TABLE ${table} RENAME COLUMN gone TO ${column}`,
});

const events = { ...gone('job_events', 'kind'), fails: ['Job.events'] };
const applications = { ...gone('applications', 'message'), fails: ['Job.applications'] };
const applicationsOfVisitors = { ...applications, isVisitor: true };
const people = { ...gone('users', 'name'), fails: ['Job.owner'], isVisitor: true };
// Every reading of a job reads its title.
const jobs = { ...gone('jobs', 'title'), fails: ['Query.job', 'Query.jobs', 'User.jobs', 'Query.node', 'Query.nodes[]'] };
const jobTypes = { ...gone('job_types', 'label_en'), fails: ['Query.jobTypes'] };
const apiKeys = { ...gone('api_keys', 'name'), fails: ['Query.apiKeys'] };
const otherPeople = {
  breaks: `UPDATE users SET role = role || '?' WHERE id <> 1`,
  mends: `UPDATE users SET role = rtrim(role, '?')`,
  fails: ['Job.assignee', 'Application.applicant', 'Query.user'],
};

/** What happens → [what is broken, the query]. $job is a job with applications, events and an assignee. */
export default {
  'a nullable field becomes null': [events, 'query ($job: ID!) { job(by: { id: $job }) { id events { nodes { kind } } title } }'],
  'a nullable field becomes null under its alias': [events, 'query ($job: ID!) { job(by: { id: $job }) { a: id b: events { nodes { kind } } c: events(first: 1) { edges { cursor } } d: title } }'],
  'a non-null field nulls its nullable parent': [applications, 'query ($job: ID!) { before: __typename job(by: { id: $job }) { id applications { totalCount } } jobTypes { slug } }'],
  'a non-null field nulls its nullable parent under its alias': [applications, 'query ($job: ID!) { z: job(by: { id: $job }) { id x: applications(first: 1) { nodes { id } } } a: job(by: { id: $job }) { id } }'],
  'a nullable field is null in every item of a list': [events, '{ viewer { jobs(first: 3) { nodes { title events { nodes { position } } id } } } }'],
  'a nullable field is null in every edge of a connection': [events, '{ viewer { jobs(first: 3) { edges { cursor node { id happened: events { nodes { position } } } } } } }'],
  'a non-null field nulls a nullable item of a list': [applications, 'query ($job: ID!) { nodes(ids: [$job, "user_1", $job]) { __typename id ... on Job { applications { totalCount } } } }'],
  'a non-null field within a list of non-null items nulls what holds the list': [applications, '{ viewer { id jobs(first: 1) { nodes { id applications { totalCount } } } } jobTypes { slug } }'],
  'a non-null field within an edge nulls what holds the connection': [applications, '{ viewer { id jobs(first: 1) { edges { node { applications { totalCount } } } } } }'],
  'a non-null field up to the root nulls the data': [applicationsOfVisitors, '{ jobTypes { slug } jobs(first: 1) { nodes { id applications { totalCount } } } }'],
  'a non-null field of a visitor nulls the job': [applicationsOfVisitors, 'query ($open: ID!) { job(by: { id: $open }) { title applications { totalCount } } jobTypes { slug } }'],
  'a non-null person nulls the node': [people, 'query ($open: ID!) { node(id: $open) { __typename id ... on Job { title owner { name } } } jobTypes { slug } }'],
  'a root field that may be null is null': [jobs, 'query ($job: ID!) { a: __typename job(by: { id: $job }) { id } jobTypes { slug } }'],
  'a root field that may not be null nulls the data': [jobs, '{ jobTypes { slug } jobs { totalCount } }'],
  'a connection of a person nulls the person': [jobs, '{ viewer { id jobs { nodes { id } } } jobTypes { slug } }'],
  'an item of a list fails and the others stay': [jobs, 'query ($job: ID!) { nodes(ids: ["user_1", $job, "user_1", $job]) { __typename id } }'],
  'a list of non-null items at the root nulls the data': [jobTypes, '{ __typename jobTypes { slug labelEn } }'],
  'a connection at the root nulls the data': [apiKeys, '{ viewer { id } apiKeys { totalCount } }'],
  'a non-null field within a payload nulls the data': [jobs, `mutation { login(input: { email: "seed-000001@example.com", password: "password123" }) { expiresIn user { id jobs { totalCount } } } }`],
  'a person that may be null is null': [otherPeople, 'query ($job: ID!) { job(by: { id: $job }) { id assignee { name } status } }'],
  'a person at the root is null': [otherPeople, '{ user(id: "user_2") { name } viewer { id } }'],
  'a person in a list in a connection nulls the job': [otherPeople, 'query ($job: ID!) { job(by: { id: $job }) { title applications(first: 1) { nodes { id applicant { id } } } } viewer { id } }'],
  'a refusal is an error of its field': [{ fails: ['Query.user'], code: 'UNAUTHORIZED', isVisitor: true }, '{ a: __typename user(id: "user_1") { id } jobTypes { slug } }'],
  'fragments give their keys in the order of the document': [events, 'query ($job: ID!) { job(by: { id: $job }) { ...B title ...A id } } fragment A on Job { status events { nodes { kind } } title } fragment B on Job { city events { edges { cursor } } }'],
  'inline fragments merge their fields into the first': [events, 'query ($job: ID!) { job(by: { id: $job }) { owner { id } ... on Node { id } ... { owner { name } events { nodes { kind } } } ... on Job { owner { createdAt } } } }'],
  'skipped and included fields keep the order': [events, 'query ($job: ID!, $yes: Boolean = true, $no: Boolean = false) { job(by: { id: $job }) { title @skip(if: $no) events @include(if: $yes) { nodes { kind } } id @include(if: $no) city ... @skip(if: $yes) { status } id } }'],
  'a field that would fail is skipped': [events, 'query ($job: ID!, $no: Boolean = false) { job(by: { id: $job }) { id events @include(if: $no) { nodes { kind } } ... @skip(if: true) { events { nodes { position } } } title } }'],
  'nothing fails': [{ fails: [] }, 'query ($job: ID!) { z: __typename job(by: { id: $job }) { id b: title a: title owner { name id } applications(first: 2) { totalCount nodes { status id } } events(first: 2) { nodes { kind actor { id } } } } a: jobTypes { labelZh slug } }'],
};
