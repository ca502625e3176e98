curl https://gateway.example/user \
  -H 'Authorization: Bearer YOUR_TOKEN'
