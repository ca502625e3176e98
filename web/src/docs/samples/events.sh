curl -N https://gateway.example/graphql \
  -H 'Accept: text/event-stream' \
  -H 'Content-Type: application/json' \
  -d '{"query": "subscription { jobPublished { cursor job { id title city } } }"}'
