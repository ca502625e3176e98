import { expect, test } from 'vitest';

import { documentOf, linkTo } from './address.ts';

test('a link gives back the very document that it was made of', () => {
  const document = '# 100 % & more = +\nquery Q($city: String = "台北市") {\n  jobs { id }\n}';
  expect(documentOf(new URL(linkTo(document), 'https://gateway.example').hash)).toBe(document);
  expect(documentOf('')).toBeNull();
});
