export type SampleLanguage = 'sh' | 'mjs' | 'py';

export const LANGUAGES: readonly { id: SampleLanguage; name: string }[] = [
  { id: 'sh', name: 'curl' },
  { id: 'mjs', name: 'JavaScript' },
  { id: 'py', name: 'Python' },
];

const files = import.meta.glob<string>('../samples/*', { query: '?raw', import: 'default', eager: true });

/** The program of this name in this language, if there is one. */
export function program(name: string, language: SampleLanguage): string | undefined {
  return files[`../samples/${name}.${language}`]?.trimEnd();
}

/** What the gateway answers to it: JSON, or lines as they are. */
export function answer(name: string): string | undefined {
  const text = files[`../samples/${name}.answer.json`] ?? files[`../samples/${name}.answer.txt`];
  return text?.trimEnd();
}
