curl https://gateway.example/login \
  -H 'Content-Type: application/json' \
  -d '{"email": "you@example.org", "password": "YOUR_PASSWORD"}'
