curl https://gateway.example/register \
  -H 'Content-Type: application/json' \
  -d '{"name": "王小美", "email": "you@example.org", "password": "YOUR_PASSWORD"}'
