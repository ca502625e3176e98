import { type Both, useWords } from '../i18n/language.tsx';
import { fields } from './fields.ts';
import { words } from './words.ts';

const NAMES = new Map<string, Both>(Object.entries(fields));

/** Says which fields of a job were changed; one that is newer than the page, as the gateway names it. */
export function Changed({ names }: { names: readonly string[] }) {
  const { t, list } = useWords();
  const told = names.map((name) => t(NAMES.get(name) ?? [name, name]));
  return `${t(words.changed)}${list(told)}`;
}
