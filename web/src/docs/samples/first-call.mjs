const response = await fetch('https://gateway.example/graphql', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    query: '{ jobs(first: 2) { nodes { id title city estimatedAmount } } }',
  }),
});
const { data } = await response.json();
for (const job of data.jobs.nodes) console.log(job.id, job.title);
