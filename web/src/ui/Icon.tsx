/** A line drawing on a 24 px grid, beside or in place of a word that is said as well. */
export function Icon({ path }: { path: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="icon">
      <path d={path} />
    </svg>
  );
}
