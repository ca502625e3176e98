import { useCallback, useEffect } from 'react';

/** How far down each address was when it was left, in pixels. */
const places = new Map<string, number>();

/** Where the reader was at the address that they come back to, until they are there. */
let wanted: number | undefined;

/** As long as a page may take to be as long as it was, in milliseconds. */
const PATIENCE = 3000;

/** Remembers how far down each address was. Returns what goes back there after Back or Forward, and says if it does. */
export function usePlaceOfReturn(): () => boolean {
  useEffect(() => {
    let here = location.href;
    const note = () => {
      if (here === location.href && wanted === undefined) places.set(here, scrollY);
      here = location.href;
    };
    const onReturn = () => {
      here = location.href;
      wanted = places.get(location.href);
      if (wanted !== undefined) void goBackTo(wanted);
    };
    addEventListener('scroll', note, { passive: true });
    addEventListener('popstate', onReturn);
    return () => {
      removeEventListener('scroll', note);
      removeEventListener('popstate', onReturn);
    };
  }, []);
  return useCallback(() => wanted !== undefined, []);
}

/** Goes to a place as soon as the page is long enough, unless its reader goes elsewhere before. */
async function goBackTo(place: number): Promise<void> {
  const end = performance.now() + PATIENCE;
  const leave = new AbortController();
  for (const event of ['wheel', 'touchmove', 'keydown', 'popstate'] as const) {
    addEventListener(event, () => leave.abort(), { signal: leave.signal, once: true });
  }
  while (performance.now() < end && !leave.signal.aborted) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    scrollTo(0, place);
    const isLoading = document.querySelector('.loading, [aria-busy=true]') !== null;
    if (Math.abs(scrollY - place) < 2 && !isLoading) break;
  }
  leave.abort();
  if (wanted === place) wanted = undefined;
}
