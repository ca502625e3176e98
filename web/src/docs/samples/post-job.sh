curl https://gateway.example/api/jobs \
  -H 'X-API-Key: YOUR_API_KEY' \
  -H 'X-API-Secret: YOUR_API_SECRET' \
  -H 'Content-Type: application/json' \
  -d '{
    "title": "搬家小幫手",
    "jobType": "moving",
    "city": "台北市",
    "address": "信義路五段 7 號",
    "estimatedAmount": 1200
  }'
