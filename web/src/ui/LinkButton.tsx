import type { ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  to: string;
  look?: 'primary' | 'plain' | 'quiet';
  /** Before it leads on. */
  onPress?(): void;
  children: ReactNode;
}

/** A link that looks like a button. */
export function LinkButton({ to, look = 'plain', onPress, children }: Props) {
  return (
    <Link href={to} onClick={onPress} className={`button button-${look}`}>
      {children}
    </Link>
  );
}
