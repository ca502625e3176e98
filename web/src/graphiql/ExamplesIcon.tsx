import type { SVGProps } from 'react';

/** An open book with a play sign. */
export function ExamplesIcon(props: SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" {...props}>
      <path d="M12 5.5C9.5 4 6 3.5 2.5 4v15c3.5-.5 7 0 9.5 1.5 2.5-1.5 6-2 9.5-1.5V4C18 3.5 14.5 4 12 5.5Z" />
      <path d="M9.5 8.5v7l6-3.5Z" fill="currentColor" />
    </svg>
  );
}
