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

/** Days that work is often wanted on, at an hour that is still to come, as the field of a moment writes them. */
export function nearDays(now = Date.now()): { day: 'today' | 'tomorrow' | 'weekend'; moment: string }[] {
  const at = (days: number, hour: number) => {
    const moment = new Date(now);
    moment.setDate(moment.getDate() + days);
    moment.setHours(hour, 0, 0, 0);
    return localOf(moment.toISOString());
  };
  const hour = new Date(now).getHours();
  const toSaturday = 6 - new Date(now).getDay();
  return [
    // Late in the evening nothing begins any more.
    ...(hour < 21 ? [{ day: 'today', moment: at(0, Math.max(9, hour + 2)) } as const] : []),
    { day: 'tomorrow', moment: at(1, 9) },
    ...(toSaturday > 1 ? [{ day: 'weekend', moment: at(toSaturday, 9) } as const] : []),
  ];
}
