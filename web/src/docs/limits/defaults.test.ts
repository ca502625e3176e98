import { expect, test } from 'vitest';

import http from '../../../../src/config/http.rs?raw';
import limits from '../../../../src/config/limits.rs?raw';
import realtime from '../../../../src/config/realtime.rs?raw';
import gate from '../../../../src/graphql/document/limits.rs?raw';
import { GATE, SETTINGS } from './defaults.ts';

const number = (text: string) => Number(text.replaceAll('_', ''));

test('the defaults that the page states are those of the gateway', () => {
  const settings = [limits, http, realtime].join('\n');
  const found = settings.matchAll(/default_value(?:_t)? = "?([\d_]+)[^\n]*\n\s*pub (\w+):/g);
  const defaults = Object.fromEntries([...found].map(([, value = '', name = '']) => [name, number(value)]));
  expect(defaults).toMatchObject(SETTINGS);
});

test('the fixed limits of documents are those of the gate', () => {
  const found = gate.matchAll(/^ +(\w+): ([\d_]+),$/gm);
  const fixed = Object.fromEntries([...found].map(([, name = '', value = '']) => [name, number(value)]));
  expect(fixed).toMatchObject(GATE);
});
