/** The first letter of a name, where there is no picture of a person. */
export function Avatar({ name }: { name: string }) {
  const [first = '?'] = name.trim();
  return (
    <span className="avatar" aria-hidden="true">
      {first.toUpperCase()}
    </span>
  );
}
