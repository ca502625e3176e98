const query = `
  query ($after: String) {
    jobs(first: 20, after: $after) {
      nodes { id title }
      pageInfo { hasNextPage endCursor }
    }
  }`;

async function* allJobs() {
  let after = null;
  for (;;) {
    const response = await fetch('https://gateway.example/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables: { after } }),
    });
    const { jobs } = (await response.json()).data;
    yield* jobs.nodes;
    if (!jobs.pageInfo.hasNextPage) return;
    after = jobs.pageInfo.endCursor;
  }
}

for await (const job of allJobs()) console.log(job.id, job.title);
