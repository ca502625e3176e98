curl https://gateway.example/graphql \
  -H 'Content-Type: application/json' \
  -d '{"query": "{ jobs(first: 2) { nodes { id title city estimatedAmount } } }"}'
