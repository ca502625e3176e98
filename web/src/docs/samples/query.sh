curl https://gateway.example/graphql \
  -H 'Content-Type: application/json' \
  -d '{
    "query": "query ($city: String) { jobs(first: 1, filter: {city: $city}) { nodes { id title jobType estimatedAmount owner { name } } } }",
    "variables": { "city": "台北市" }
  }'
