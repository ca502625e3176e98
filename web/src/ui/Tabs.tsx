import { Link, useLocation } from 'wouter';

import { show } from './show.ts';

interface Props {
  label: string;
  parts: readonly (readonly [path: string, label: string])[];
}

/** The ways between pages that belong together. */
export function Tabs({ label, parts }: Props) {
  const [path] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {parts.map(([to, text]) =>
        path === to ? (
          <Link key={to} href={to} aria-current="page" ref={show}>
            {text}
          </Link>
        ) : (
          <Link key={to} href={to}>
            {text}
          </Link>
        ),
      )}
    </nav>
  );
}
