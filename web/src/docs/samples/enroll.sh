curl https://gateway.example/graphql \
  -H 'Authorization: Bearer YOUR_TOKEN' \
  -H 'Content-Type: application/json' \
  -d '{"query": "mutation { enrollSecondFactor(input: {password: \"YOUR_PASSWORD\"}) { secret uri } }"}'
