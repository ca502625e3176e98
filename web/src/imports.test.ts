import { expect, test } from 'vitest';

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

/** What is loaded later counts as well, and so do types. */
const IMPORTED = /\b(?:from|import)\s*\(?\s*'(\.[^'?]+)'/g;

test('no files import each other in a circle', () => {
  const imports = new Map(Object.entries(sources).map(([file, text]) => [file, importsOf(file, text)]));
  expect(imports.get('./app/routes.tsx')).toContain('./jobs/Board.tsx');
  expect(circleIn(imports)).toBeNull();
});

test('a circle is told as the way around', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(circleIn(imports)).toEqual(['b', 'd', 'b']);
});

function importsOf(file: string, text: string): string[] {
  const base = `file:///${file.slice(2)}`;
  return Array.from(text.matchAll(IMPORTED), ([, path = '']) => `.${new URL(path, base).pathname}`);
}

/** The first way that comes back to where it was, from file to file. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const passed = new Set<string>();
  function walk(file: string, way: readonly string[]): string[] | null {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (passed.has(file)) return null;
    passed.add(file);
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle) return circle;
    }
    return null;
  }
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return null;
}
