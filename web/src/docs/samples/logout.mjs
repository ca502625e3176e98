const response = await fetch('https://gateway.example/logout', {
  method: 'POST',
  headers: { Authorization: 'Bearer YOUR_TOKEN' },
});
const { success, message } = await response.json();
console.log(success, message);
