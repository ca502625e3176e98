/** A moment as `datetime-local` fields write it: in the reader's time zone, without seconds. */
export function localOf(iso: string | null | undefined): string {
  if (!iso) return '';
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export type WrongTime = 'past' | 'afterWork';

/**
 * What is wrong with a time that was chosen, as its field writes it. What stood there before may have
 * passed meanwhile.
 */
export function wrongTime(chosen: string, before: string, work = '', now = Date.now()): WrongTime | null {
  if (chosen && chosen !== before && Date.parse(chosen) <= now) return 'past';
  return chosen && work && chosen > work ? 'afterWork' : null;
}
