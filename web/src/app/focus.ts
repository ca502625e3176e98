import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'wouter';

import { usePlaceOfReturn } from './places.ts';

/** Tells screen readers of a new page, as a browser does when it loads one; who comes back finds the old place. */
export function useFocusOnNewPage() {
  const [path] = useLocation();
  const last = useRef(path);
  const returnTo = usePlaceOfReturn();
  useLayoutEffect(() => {
    if (last.current === path) return;
    last.current = path;
    // The page goes to its anchor by itself.
    if (location.hash) return;
    if (!returnTo()) scrollTo(0, 0);
    if (!document.activeElement?.matches('input, textarea')) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [path, returnTo]);
}
/**
 * When what has the focus goes, as a button does after its step was taken, the focus goes to the message
 * that tells the outcome, else to the page's heading: the browser would leave it nowhere.
 */
export function useFocusNeverLost() {
  useEffect(() => {
    let last: Element | null = null;
    // Who presses beside everything gives the focus up.
    const note = () => (last = document.activeElement);
    const look = () => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      const main = document.getElementById('main');
      const notice = main?.querySelector<HTMLElement>('.notice:not(.card *)');
      if (notice) notice.focus();
      else (main?.querySelector('h1') ?? main)?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    const events = ['focusin', 'pointerup'];
    for (const event of events) addEventListener(event, note);
    return () => {
      watch.disconnect();
      for (const event of events) removeEventListener(event, note);
    };
  }, []);
}
