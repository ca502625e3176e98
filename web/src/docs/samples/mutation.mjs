const query = `
  mutation ($input: CreateJobInput!) {
    createJob(input: $input) { job { id title status } }
  }`;
const input = {
  title: '搬家小幫手',
  jobType: 'moving',
  city: '台北市',
  address: '信義路五段 7 號',
  estimatedAmount: 1200,
  publish: true,
};
const response = await fetch('https://gateway.example/graphql', {
  method: 'POST',
  headers: {
    'X-API-Key': 'YOUR_API_KEY',
    'X-API-Secret': 'YOUR_API_SECRET',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ query, variables: { input } }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
console.log(data.createJob.job.id, data.createJob.job.status);
