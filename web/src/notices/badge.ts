/** What fits on the bell. */
export function onBell(count: number): string {
  return count > 99 ? '99+' : String(count);
}
