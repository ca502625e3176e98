import type { Language } from '../../i18n/negotiate.ts';
import { zh } from './zh.ts';

/** A text of the description, or a part of it, and the language that it is in. */
export interface Said {
  text: string;
  language: Language;
}

/** One of the documented meanings: `CODE`: what it means. */
const CODE = /^(`[^`]+`: )?(.*)$/su;
const CHINESE = /^\p{Script=Han}/u;

/** The paragraphs of a text in the reader's language; in English where there is no translation. */
export function translate(text: string, language: Language): Said[] {
  return shown(text, language).map((paragraph) => said(paragraph, language));
}

/** What the catalogue must have for a text: its paragraphs in English, without the codes before them. */
export function keysOf(text: string): string[] {
  const english = shown(text, 'zh-TW').filter((paragraph) => !CHINESE.test(paragraph));
  return english.map((paragraph) => CODE.exec(paragraph)?.[2] ?? paragraph);
}

/** Of a text in both languages the paragraphs in one, else all. */
function shown(text: string, language: Language): string[] {
  const all = paragraphs(text);
  const own = all.filter((paragraph) => CHINESE.test(paragraph) === (language === 'zh-TW'));
  return own.length ? own : all;
}

/** A line with both languages, `工作 · Jobs`, counts as two paragraphs. */
function paragraphs(text: string): string[] {
  const [first = '', ...rest] = text.split(' · ');
  return CHINESE.test(first) && rest.length ? [first, rest.join(' · ')] : text.split('\n\n');
}

function said(paragraph: string, language: Language): Said {
  if (CHINESE.test(paragraph)) return { text: paragraph, language: 'zh-TW' };
  const [, code = '', english = ''] = CODE.exec(paragraph) ?? [];
  const chinese = language === 'zh-TW' ? zh[english] : undefined;
  if (chinese === undefined) return { text: paragraph, language: 'en' };
  return { text: code.replace(': ', '：') + chinese, language };
}
