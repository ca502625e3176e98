const response = await fetch('https://gateway.example/register', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    name: '王小美',
    email: 'you@example.org',
    password: 'YOUR_PASSWORD',
  }),
});
const { success, message } = await response.json();
console.log(success, message);
