/** The fields of each of the four steps in which a job is posted. */
const STEPS = [
  ['jobType', 'title', 'description'],
  ['scheduledAt', 'expiresAt'],
  ['city', 'district', 'address'],
  ['estimatedAmount'],
];

export const LAST = STEPS.length - 1;

/** The first step with one of these fields; the last one if there is none, where all is sent. */
export function stepWith(names: readonly string[]): number {
  const found = STEPS.findIndex((fields) => fields.some((field) => names.includes(field)));
  return found < 0 ? LAST : found;
}
