import { type ReactNode, useState } from 'react';

interface Props {
  summary: ReactNode;
  children: ReactNode;
}

/** A part that unfolds, and is not made before. */
export function Unfold({ summary, children }: Props) {
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <details onToggle={(event) => event.currentTarget.open && setWasOpen(true)}>
      <summary>{summary}</summary>
      {wasOpen ? children : null}
    </details>
  );
}
