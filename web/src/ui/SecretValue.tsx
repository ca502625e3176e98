import { CopyButton } from './CopyButton.tsx';

/** A text to copy: a key, a secret. */
export function SecretValue({ label, value }: { label: string; value: string }) {
  return (
    <div className="secret">
      <span className="row-note">{label}</span>
      <code className="secret-value">{value}</code>
      <CopyButton text={value} what={label} />
    </div>
  );
}
