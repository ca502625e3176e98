curl https://gateway.example/graphql \
  -H 'X-API-Key: YOUR_API_KEY' \
  -H 'X-API-Secret: YOUR_API_SECRET' \
  -H 'Content-Type: application/json' \
  -d '{
    "query": "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id title status } } }",
    "variables": { "input": {
      "title": "搬家小幫手",
      "jobType": "moving",
      "city": "台北市",
      "address": "信義路五段 7 號",
      "estimatedAmount": 1200,
      "publish": true
    } }
  }'
