/** Networks between line ends, commas or spaces. */
export function networksOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
