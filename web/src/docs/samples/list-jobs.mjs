const query = new URLSearchParams({ city: '台北市', limit: 1 });
const response = await fetch(`https://gateway.example/api/jobs?${query}`, {
  headers: {
    'X-API-Key': 'YOUR_API_KEY',
    'X-API-Secret': 'YOUR_API_SECRET',
  },
});
const { data, pagination } = await response.json();
for (const job of data) console.log(job.id, job.title, job.status);
console.log(pagination.hasMore ? `More after ${pagination.nextCursor}` : 'That is all.');
