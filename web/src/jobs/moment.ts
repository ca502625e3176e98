/** A moment as `datetime-local` fields write it: in the reader's time zone, without seconds. */
export function localOf(iso: string | null | undefined): string {
  if (!iso) return '';
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
