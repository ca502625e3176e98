curl https://gateway.example/graphql \
  -H 'Authorization: Bearer YOUR_TOKEN' \
  -H 'Content-Type: application/json' \
  -d '{"query": "mutation { confirmSecondFactor(input: {code: \"123456\"}) { recoveryCodes } }"}'
