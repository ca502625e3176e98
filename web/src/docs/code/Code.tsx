import type { ReactNode } from 'react';

import { CopyButton } from '../../ui/CopyButton.tsx';
import { highlight } from './highlight.ts';

interface Props {
  text: string;
  /** What screen readers call it. */
  label: string;
  /** Beside the copy button. */
  head: ReactNode;
  look?: 'answer';
}

/** A coloured text that can be copied. */
export function Code({ text, label, head, look }: Props) {
  return (
    <div className={look ? `sample sample-${look}` : 'sample'}>
      <div className="sample-head">
        {head}
        <CopyButton text={text} what={label} />
      </div>
      <pre className="sample-code" tabIndex={0} role="group" aria-label={label}>
        <code>
          {highlight(text).map(({ kind, text: piece }, index) =>
            kind ? (
              <span key={index} className={`code-${kind}`}>
                {piece}
              </span>
            ) : (
              piece
            ),
          )}
        </code>
      </pre>
    </div>
  );
}
