import { type ReactNode, useEffect } from 'react';

interface Props {
  title: string;
  /** Above the title: where one is. */
  above?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}

/** A page's heading, which is its window title as well. */
export function Page({ title, above, actions, narrow = false, children }: Props) {
  useEffect(() => {
    document.title = `${title} — 找幫手`;
  }, [title]);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      {above}
      <header className="page-head">
        <h1 tabIndex={-1}>{title}</h1>
        {actions ? <div className="actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Section({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  return (
    <section className={className ? `card ${className}` : 'card'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
