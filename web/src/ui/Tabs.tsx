import { Link, useLocation } from 'wouter';

interface Props {
  label: string;
  parts: readonly (readonly [path: string, label: string])[];
}

/** The ways between pages that belong together. */
export function Tabs({ label, parts }: Props) {
  const [path] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {parts.map(([to, text]) => (
        <Link key={to} href={to} aria-current={path === to ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
