curl -X POST https://gateway.example/logout \
  -H 'Authorization: Bearer YOUR_TOKEN'
