curl https://gateway.example/graphql \
  -H 'X-API-Key: YOUR_API_KEY' \
  -H 'X-API-Secret: YOUR_API_SECRET' \
  -H 'Content-Type: application/json' \
  -d '{"query": "{ rateLimit(dryRun: true) { cost limit remaining resetAt } jobs(first: 100) { nodes { id owner { name } } } }"}'
