const response = await fetch('https://gateway.example/api/jobs', {
  method: 'POST',
  headers: {
    'X-API-Key': 'YOUR_API_KEY',
    'X-API-Secret': 'YOUR_API_SECRET',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    title: '搬家小幫手',
    jobType: 'moving',
    city: '台北市',
    address: '信義路五段 7 號',
    estimatedAmount: 1200,
  }),
});
const { data } = await response.json();
console.log(response.status, data.id, data.title);
