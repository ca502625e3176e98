import { expect, test } from 'vitest';

import { deviceName } from './device.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test('a browser is told by what only it says of itself', () => {
  const cases = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge · Windows'],
    [`Mozilla/5.0 (Linux; Android 15) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36`, 'Chrome · Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1', 'Safari · iPhone'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox · Linux'],
  ] as const;
  for (const [userAgent, name] of cases) expect(deviceName(userAgent)).toBe(name);
});

test('a program keeps its own name', () => {
  expect(deviceName('curl/8.14.1')).toBe('curl/8.14.1');
  expect(deviceName(null)).toBeNull();
});
