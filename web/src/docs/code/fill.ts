/** What samples call the gateway and their reader's account. */
export const PLACEHOLDERS = {
  origin: 'https://gateway.example',
  key: 'YOUR_API_KEY',
  secret: 'YOUR_API_SECRET',
  token: 'YOUR_TOKEN',
  refreshToken: 'YOUR_REFRESH_TOKEN',
  email: 'you@example.org',
  password: 'YOUR_PASSWORD',
  code: '123456',
} as const;

/** A sample with these values in the places of their placeholders. */
export function fill(text: string, values: Partial<Record<keyof typeof PLACEHOLDERS, string>>): string {
  const { origin, ...others } = values;
  let filled = text;
  if (origin) {
    const socket = PLACEHOLDERS.origin.replace('http', 'ws');
    filled = filled.replaceAll(PLACEHOLDERS.origin, origin).replaceAll(socket, origin.replace('http', 'ws'));
  }
  for (const [name, value] of Object.entries(others)) {
    filled = filled.replaceAll(PLACEHOLDERS[name as keyof typeof others], value);
  }
  return filled;
}
