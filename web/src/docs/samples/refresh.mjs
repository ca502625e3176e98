const response = await fetch('https://gateway.example/refresh', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    refresh_token: 'YOUR_REFRESH_TOKEN',
  }),
});
const { data } = await response.json();
console.log(data.token, data.expires_in);
