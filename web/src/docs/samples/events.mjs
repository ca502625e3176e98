const response = await fetch('https://gateway.example/graphql', {
  method: 'POST',
  headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    query: 'subscription { jobPublished { cursor job { id title city } } }',
  }),
});

let text = '';
for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
  text += chunk;
  const lines = text.split('\n');
  text = lines.pop();
  for (const line of lines) {
    if (!line.startsWith('data: {')) continue;
    const { job } = JSON.parse(line.slice(6)).data.jobPublished;
    console.log(job.id, job.title, job.city);
  }
}
