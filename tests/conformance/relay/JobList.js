// A paginated list as a Relay app writes it; relay-compiler checks it against schema.graphql.
import { graphql } from 'relay-runtime';

export const query = graphql`
  query JobListQuery($count: Int!, $cursor: String) {
    ...JobList_query @arguments(count: $count, cursor: $cursor)
  }
`;

export const jobs = graphql`
  fragment JobList_query on Query
  @refetchable(queryName: "JobListPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    jobs(first: $count, after: $cursor, orderBy: NEWEST) @connection(key: "JobList_jobs") {
      edges {
        node {
          id
          title
          owner {
            name
          }
        }
      }
    }
  }
`;

export const job = graphql`
  fragment JobList_job on Job @refetchable(queryName: "JobRefetchQuery") {
    title
    status
  }
`;
