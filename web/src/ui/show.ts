/** Brings what is chosen to the middle of its row, which scrolls by itself on a narrow screen; the page stays. */
export function show(chosen: HTMLElement | null): void {
  const row = chosen?.parentElement;
  if (!row) return;
  const [whole, part] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()];
  row.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2;
}
