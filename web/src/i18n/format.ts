import type { Language } from './negotiate.ts';

export interface Formats {
  /** Day and time in the reader's time zone. */
  dateTime(iso: string): string;
  date(iso: string): string;
  /** How long ago, or in how long. */
  relative(iso: string, now?: number): string;
  number(value: number): string;
  /** How many there are, as the gateway counts: up to 10,000, which stands for as many or more. */
  total(count: number): string;
  list(items: readonly string[]): string;
  /** Whole New Taiwan dollars. */
  money(amount: number): string;
}

/** As far as `totalCount` counts. */
const MOST_COUNTED = 10_000;

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function formats(language: Language): Formats {
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const justNow = language === 'zh-TW' ? '剛剛' : 'just now';
  const number = new Intl.NumberFormat(language);
  return {
    dateTime: (iso) => dateTime.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    relative(iso, now = Date.now()) {
      const seconds = (Date.parse(iso) - now) / 1000;
      const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
      return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : justNow;
    },
    number: (value) => number.format(value),
    total: (count) => `${number.format(count)}${count < MOST_COUNTED ? '' : '+'}`,
    list: (items) => items.join(language === 'zh-TW' ? '、' : ', '),
    money: (amount) => `NT$${number.format(amount)}`,
  };
}
