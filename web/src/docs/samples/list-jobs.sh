curl -G https://gateway.example/api/jobs \
  -H 'X-API-Key: YOUR_API_KEY' \
  -H 'X-API-Secret: YOUR_API_SECRET' \
  --data-urlencode 'city=台北市' \
  -d limit=1
