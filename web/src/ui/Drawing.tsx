import './drawing.css';

const FILES = import.meta.glob<string>('./drawings/*.svg', { query: '?raw', import: 'default', eager: true });

/** The drawing of a type of work, beside words that say the same; general help where a newer type has none. */
export function Drawing({ of }: { of: string }) {
  const drawing = FILES[`./drawings/${of}.svg`] ?? FILES['./drawings/general.svg'] ?? '';
  return <span className="drawing" aria-hidden="true" dangerouslySetInnerHTML={{ __html: drawing }} />;
}
