import type { JobStatus, ReviewRowFragment } from '../graphql/generated.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

interface Parties {
  readonly status: JobStatus;
  readonly owner: Person;
  readonly assignee: Person | null;
}

type Review = Pick<ReviewRowFragment, 'author' | 'reviewed' | 'reply' | 'visibleAt' | 'hiddenAt'>;
type Reader = { readonly id: string } | null | undefined;

/** Whom the reader may review now; the gateway has the last word. */
export function reviewable(job: Parties, reviews: readonly Review[], reader: Reader): Person | null {
  if (job.status !== 'COMPLETED' || !reader) return null;
  if (reviews.some(({ author }) => author.id === reader.id)) return null;
  if (job.owner.id === reader.id) return job.assignee;
  return job.assignee?.id === reader.id ? job.owner : null;
}

/** What the reader may do about a review. */
export function choicesOf(review: Review, reader: Reader): { reply: boolean; report: boolean } {
  if (!reader || review.hiddenAt) return { reply: false, report: false };
  return {
    reply: review.reviewed.id === reader.id && review.reply === null,
    report: review.author.id !== reader.id,
  };
}

/** Whether a review waits until others see it. */
export function isSealed(review: Review, now: number): boolean {
  return Date.parse(review.visibleAt) > now;
}

/** An average as people write it: one decimal, and none for whole stars. */
export function shownAverage(average: number): string {
  return average.toFixed(1);
}
