import type { ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  to: string;
  look?: 'primary' | 'plain' | 'quiet';
  children: ReactNode;
}

/** A link that looks like a button. */
export function LinkButton({ to, look = 'plain', children }: Props) {
  return (
    <Link href={to} className={`button button-${look}`}>
      {children}
    </Link>
  );
}
