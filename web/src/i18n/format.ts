import type { Language } from './negotiate.ts';

export interface Formats {
  /** Day and time in the reader's time zone. */
  dateTime(iso: string): string;
  /** The same to the second. */
  exact(iso: string): string;
  date(iso: string): string;
  /** A day near now by its name, others with their weekday; and the time. */
  when(iso: string, now?: number): string;
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
  const exact = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(language, {
    month: language === 'en' ? 'short' : 'numeric',
    day: 'numeric',
    weekday: 'short',
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const justNow = language === 'zh-TW' ? '剛剛' : 'just now';
  const number = new Intl.NumberFormat(language);
  return {
    dateTime: (iso) => dateTime.format(new Date(iso)),
    exact: (iso) => exact.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    when(iso, now = Date.now()) {
      const moment = new Date(iso);
      const away = daysBetween(new Date(now), moment);
      if (moment.getFullYear() !== new Date(now).getFullYear() && Math.abs(away) > 180) return dateTime.format(moment);
      const name = away === 0 || away === 1 ? `${capital(relative.format(away, 'day'))} ` : '';
      const told = day.format(moment).replace(/（週(.)）|\(週(.)\)/, '（$1$2）');
      return `${name}${told} ${time.format(moment)}`.replace('） ', '）');
    },
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

/** Midnights from one moment to another, as the reader's calendar has them. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (moment: Date) => Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return (midnight(to) - midnight(from)) / 86_400_000;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
