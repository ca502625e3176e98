import './disclosure.css';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface Props {
  /** What screen readers call the button, which shows a picture. */
  label: string;
  button: ReactNode;
  /** What unfolds below the button. */
  children(close: () => void): ReactNode;
}

/** A button with a sheet below it, which closes with Escape, a press beside it, and when the focus leaves it. */
export function Disclosure({ label, button, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);

  useEffect(() => {
    if (!isOpen) return;
    const onAway = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      opener.current?.focus();
    };
    document.addEventListener('pointerdown', onAway);
    document.addEventListener('focusin', onAway);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onAway);
      document.removeEventListener('focusin', onAway);
      document.removeEventListener('keydown', onKey);
    };
  }, [isOpen]);

  return (
    <div ref={whole} className="disclosure">
      <button
        ref={opener}
        type="button"
        className="disclosure-button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      <div id={id} className="disclosure-sheet" hidden={!isOpen}>
        {isOpen ? children(close) : null}
      </div>
    </div>
  );
}
