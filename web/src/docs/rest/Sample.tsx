import type { ReactNode } from 'react';

import { CopyButton } from '../../ui/CopyButton.tsx';

interface Props {
  title: string;
  /** What it is for screen readers, who meet many on the page. */
  label: string;
  text: string;
  /** Beside the button that copies. */
  more?: ReactNode;
}

/** A text for programs, to be read and copied. */
export function Sample({ title, label, text, more }: Props) {
  return (
    <div className="rest-sample">
      <div className="rest-sample-head">
        <span className="row-note">{title}</span>
        {more}
        <CopyButton text={text} what={label} />
      </div>
      <pre className="code" tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
    </div>
  );
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
