curl -i https://gateway.example/api/jobs/999999999 \
  -H 'X-API-Key: YOUR_API_KEY' \
  -H 'X-API-Secret: YOUR_API_SECRET'
