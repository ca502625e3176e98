import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** Tells screen readers of a new page, as a browser does when it loads one. */
export function useFocusOnNewPage() {
  const [path] = useLocation();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    // The page goes to its anchor by itself.
    if (location.hash) return;
    scrollTo(0, 0);
    if (!document.activeElement?.matches('input, textarea')) document.getElementById('main')?.focus();
  }, [path]);
}
