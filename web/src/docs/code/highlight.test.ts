import { expect, test } from 'vitest';

import { highlight } from './highlight.ts';

const kinds = (text: string) =>
  highlight(text)
    .filter(({ kind }) => kind)
    .map(({ kind, text: piece }) => [kind, piece]);

test('comments, strings, keywords and numbers are told apart, and addresses are no comments', () => {
  expect(kinds('curl https://127.0.0.1:80/a -d 7 # why')).toEqual([
    ['keyword', 'curl'],
    ['number', '7'],
    ['comment', '# why'],
  ]);
  expect(kinds("const a = 'for // b';")).toEqual([
    ['keyword', 'const'],
    ['string', "'for // b'"],
  ]);
});

test('no character of a program is lost', () => {
  for (const text of ['', 'a\n  "b \\" c"\n', "'never closed", 'é `x ${y}`\n"""p"""']) {
    expect(
      highlight(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});
