export type SnippetLanguage = 'curl' | 'javascript' | 'python';

export const SNIPPETS: readonly { id: SnippetLanguage; name: string }[] = [
  { id: 'curl', name: 'curl' },
  { id: 'javascript', name: 'JavaScript' },
  { id: 'python', name: 'Python' },
];

interface Access {
  origin: string;
  key: string;
  secret: string;
}

/** A program that lists jobs with this key, ready to run. */
export function snippet(language: SnippetLanguage, access: Access): string {
  return programs[language](access);
}

const programs: Record<SnippetLanguage, (access: Access) => string> = {
  curl: ({ origin, key, secret }) => `curl "${origin}/api/jobs" \\
  -H "X-API-Key: ${key}" \\
  -H "X-API-Secret: ${secret}"`,

  javascript: ({ origin, key, secret }) => `const response = await fetch('${origin}/api/jobs', {
  headers: {
    'X-API-Key': '${key}',
    'X-API-Secret': '${secret}',
  },
});
console.log(await response.json());`,

  python: ({ origin, key, secret }) => `import json
from urllib.request import Request, urlopen

request = Request(
    "${origin}/api/jobs",
    headers={
        "X-API-Key": "${key}",
        "X-API-Secret": "${secret}",
    },
)
print(json.load(urlopen(request)))`,
};
