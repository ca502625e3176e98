const response = await fetch('https://gateway.example/login', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    email: 'you@example.org',
    password: 'YOUR_PASSWORD',
    code: '123456',
  }),
});
const { success, message, data } = await response.json();
if (!success) throw new Error(message);
console.log(data.user.name, data.token, data.refresh_token);
