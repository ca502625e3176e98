import { expect, test } from 'vitest';

import english from '../../../../CHANGELOG.md?raw';
import chinese from '../../../../CHANGELOG.zh-TW.md?raw';
import { parse } from './parse.ts';

test('versions, kinds and items are read, and lines are joined as their script has it', () => {
  const text = '# Log\n\n## 1.0.0 — 2026-02-07\n\nWords\nmore.\n\n### Added\n\n- One\n  goes on.\n- 二，\n  三。\n';
  expect(parse(text)).toEqual([
    {
      version: '1.0.0',
      date: '2026-02-07',
      text: 'Words more.',
      changes: [{ kind: 'Added', items: ['One goes on.', '二，三。'] }],
    },
  ]);
});

test('what has another form is refused', () => {
  expect(() => parse('## 1.0.0\n')).toThrow('1.0.0');
  expect(() => parse('## 1.0.0 — today\n### Added\nwords\n')).toThrow('words');
});

test('both languages tell of the same versions and changes', () => {
  const outline = (text: string) =>
    parse(text).map(({ version, changes }) => [version, ...changes.map(({ items }) => items.length)]);
  expect(outline(english)).toEqual(outline(chinese));
  expect(outline(english).length).toBeGreaterThan(0);
});
