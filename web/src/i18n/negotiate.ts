export type Language = 'zh-TW' | 'en';

/** The first known of the tags, in order of preference; Chinese if there is none. */
export function negotiate(tags: readonly string[]): Language {
  const known = tags.find((tag) => /^(zh|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith('en') ? 'en' : 'zh-TW';
}
