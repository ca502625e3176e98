# The first page; pageInfo.endCursor of its answer is the $after of the next one.
curl https://gateway.example/graphql \
  -H 'Content-Type: application/json' \
  -d '{
    "query": "query ($after: String) { jobs(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
    "variables": { "after": null }
  }'
