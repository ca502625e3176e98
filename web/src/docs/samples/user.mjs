const response = await fetch('https://gateway.example/user', {
  headers: { Authorization: 'Bearer YOUR_TOKEN' },
});
const { data } = await response.json();
console.log(data.name, data.email);
