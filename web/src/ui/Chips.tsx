import type { Option } from './Choice.tsx';

interface Props {
  label: string;
  options: readonly Option[];
  /** Empty while none is chosen. */
  value: string;
  onChange(value: string): void;
}

/** One of a few, or none: what is chosen is given up by another press. */
export function Chips({ label, options, value, onChange }: Props) {
  return (
    <div role="group" aria-label={label} className="chip-choice">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="chip"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value === value ? '' : option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
