/** Brings what is chosen into sight in a row that scrolls by itself on a narrow screen. */
export function show(chosen: HTMLElement | null): void {
  chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
