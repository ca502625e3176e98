import { expect, test } from 'vitest';

import checkedIn from '../../../../docs/openapi.json?raw';
import { keysOf, translate } from './translate.ts';
import { zh } from './zh.ts';

const description: unknown = JSON.parse(checkedIn);
const wanted = new Set([...texts(description)].flatMap(keysOf));

test('every text of the description has a translation', () => {
  expect([...wanted].filter((key) => !zh[key])).toEqual([]);
});

test('no translation is of a text that is gone', () => {
  expect(Object.keys(zh).filter((key) => !wanted.has(key))).toEqual([]);
});

test('a text in both languages is shown in the one of the reader', () => {
  expect(translate('工作 · Jobs, with an API key.', 'en')).toEqual([
    { text: 'Jobs, with an API key.', language: 'en' },
  ]);
  expect(translate('工作 · Jobs, with an API key.', 'zh-TW')).toEqual([{ text: '工作', language: 'zh-TW' }]);
  expect(translate('全部皆為 JSON。\n\nAll is JSON.', 'zh-TW')).toEqual([
    { text: '全部皆為 JSON。', language: 'zh-TW' },
  ]);
});

test('codes stay as they are, and what has no translation says that it is English', () => {
  const text = '`FORBIDDEN`: The caller is known and may not do this.\n\n`X`: Not in the catalogue.';
  expect(translate(text, 'zh-TW')).toEqual([
    { text: '`FORBIDDEN`：呼叫者的身分已確認，但無權執行此操作。', language: 'zh-TW' },
    { text: '`X`: Not in the catalogue.', language: 'en' },
  ]);
});

/** What people read: summaries and descriptions, but not those in examples, which are data. */
function* texts(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if ((name === 'summary' || name === 'description') && typeof member === 'string') yield member;
    else if (name !== 'example') yield* texts(member);
  }
}
