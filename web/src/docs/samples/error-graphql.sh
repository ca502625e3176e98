curl https://gateway.example/graphql \
  -H 'Content-Type: application/json' \
  -d '{"query": "{ jobs(first: 500) { nodes { id } } }"}'
