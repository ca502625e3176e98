import type { JobFilter } from '../graphql/generated.ts';

export const DAYS = ['today', 'tomorrow', 'week', 'weekend'] as const;
export type Day = (typeof DAYS)[number];

/** In milliseconds; Taiwan has one time zone and no summer time. */
const DAY = 86_400_000;
const AHEAD_OF_UTC = 8 * 3_600_000;

/**
 * From which moment to which the days last, as Taiwan counts them. A week ends with its Sunday, and what
 * has passed of a week or a weekend is left out.
 */
export function momentsOf(
  day: Day | Date,
  now: number,
): Required<Pick<JobFilter, 'scheduledFrom' | 'scheduledBefore'>> {
  if (day instanceof Date) {
    const chosen = day.getTime() / DAY;
    return { scheduledFrom: momentOf(chosen), scheduledBefore: momentOf(chosen + 1) };
  }
  const today = dayOf(now);
  // Days count from a Thursday, the first of 1970.
  const monday = today + 7 - ((today + 3) % 7);
  const spans = {
    today: [today, today + 1],
    tomorrow: [today + 1, today + 2],
    week: [today, monday],
    weekend: [Math.max(today, monday - 2), monday],
  } as const;
  const [from, before] = spans[day];
  return { scheduledFrom: momentOf(from), scheduledBefore: momentOf(before) };
}

/** The day of a moment in Taiwan, counted from the first of 1970. */
export function dayOf(moment: number): number {
  return Math.floor((moment + AHEAD_OF_UTC) / DAY);
}

/** When a day begins in Taiwan. */
function momentOf(day: number): string {
  return new Date(day * DAY - AHEAD_OF_UTC).toISOString();
}

/** The day that an address names, by its name or as a date; none if it is neither. */
export function dayIn(text: string | null): Day | Date | undefined {
  const named = DAYS.find((known) => known === text);
  if (named || !text || !/^2\d{3}-\d\d-\d\d$/.test(text)) return named;
  const date = new Date(`${text}T00:00:00Z`);
  // A day that the month does not have would be one of the next.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : undefined;
}
