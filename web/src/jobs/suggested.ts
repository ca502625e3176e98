import type { Both } from '../i18n/language.tsx';

/** What a job of each type is usually called: a title to begin with. */
const TITLES = {
  general: ['雜務幫手', 'Help for a few hours'],
  cleaning: ['居家打掃幫手', 'Help with cleaning'],
  moving: ['搬家搬運幫手', 'Help with moving'],
  repair: ['水電修繕師傅', 'Repairs at home'],
  delivery: ['跑腿代送', 'An errand to run'],
  care: ['照護陪伴', 'Care and company'],
  tutoring: ['家教老師', 'A tutor'],
  pet: ['寵物照顧', 'Somebody for a pet'],
  gardening: ['園藝整理', 'Work in the garden'],
  event: ['活動現場人手', 'Hands for an event'],
  photography: ['攝影錄影', 'Photos or a film'],
  it: ['電腦問題協助', 'Help with a computer'],
} satisfies Record<string, Both>;

/** The types of work that this portal knows, in the order they are shown. */
export const TYPES: readonly string[] = Object.keys(TITLES);

/** The title to begin with; none where the type is not known. */
export function titleOf(jobType: string): Both | undefined {
  return Object.hasOwn(TITLES, jobType) ? TITLES[jobType as keyof typeof TITLES] : undefined;
}

/** Whether nobody has written this title: another type may replace it. */
export function isSuggested(title: string): boolean {
  return title === '' || Object.values<readonly string[]>(TITLES).some((both) => both.includes(title));
}

/** What the page that led to the form was about, as the form's address tells. */
export function askedOf(search: URLSearchParams): { jobType: string; city: string } {
  const jobType = search.get('type') ?? '';
  return { jobType: titleOf(jobType) ? jobType : '', city: search.get('city') ?? '' };
}
