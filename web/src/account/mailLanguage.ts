import type { Language as MailLanguage } from '../graphql/generated.ts';
import type { Language } from '../i18n/negotiate.ts';

/** The language of mails to somebody who reads the pages in this one. */
export const mailLanguage: Record<Language, MailLanguage> = { 'zh-TW': 'ZH_TW', en: 'EN' };
