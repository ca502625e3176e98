import { setTimeout as pause } from 'node:timers/promises';

async function api(path) {
  for (;;) {
    const response = await fetch(`https://gateway.example${path}`, {
      headers: {
        'X-API-Key': 'YOUR_API_KEY',
        'X-API-Secret': 'YOUR_API_SECRET',
      },
    });
    const wait = response.headers.get('Retry-After');
    if (wait) {
      await pause(wait * 1000);
      continue;
    }
    const { success, data, error } = await response.json();
    if (success) return { data, left: response.headers.get('X-RateLimit-Remaining') };
    throw new Error(`${error.code}: ${error.message}`);
  }
}

try {
  const { left } = await api('/api/jobs?limit=1');
  console.log(`${left} requests left in this minute`);
  await api('/api/jobs/999999999');
} catch (error) {
  console.log(error.message);
}
