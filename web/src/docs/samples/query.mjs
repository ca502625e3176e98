const query = `
  query ($city: String) {
    jobs(first: 1, filter: { city: $city }) {
      nodes { id title jobType estimatedAmount owner { name } }
    }
  }`;
const response = await fetch('https://gateway.example/graphql', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query, variables: { city: '台北市' } }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
for (const job of data.jobs.nodes) console.log(job.id, job.title);
