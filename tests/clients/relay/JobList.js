// The documents of a page with a list of somebody's jobs. relay-compiler reads them and writes the
// artifacts into __generated__; this file is never run.
graphql`
  query JobListQuery($owner: ID!, $count: Int!) {
    ...JobList_query @arguments(owner: $owner, count: $count)
  }
`;

graphql`
  fragment JobList_query on Query
  @argumentDefinitions(owner: { type: "ID!" }, count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "JobListPaginationQuery") {
    jobs(filter: { owner: $owner }, first: $count, after: $cursor) @connection(key: "JobList_jobs") {
      edges {
        node {
          id
          ...JobList_job
        }
      }
    }
  }
`;

graphql`
  fragment JobList_job on Job @refetchable(queryName: "JobListJobQuery") {
    id
    title
    version
    owner {
      name
    }
  }
`;

graphql`
  mutation JobListCreateMutation($input: CreateJobInput!, $connections: [ID!]!) {
    createJob(input: $input) {
      job @prependNode(connections: $connections, edgeTypeName: "JobEdge") {
        id
        ...JobList_job
      }
    }
  }
`;
