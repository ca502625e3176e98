/** The state of a thing, in a colour besides its word. */
export function Badge({ tone, children }: { tone: 'good' | 'calm' | 'busy' | 'bad'; children: string }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
