import { expect, test } from 'vitest';

import { isOneTimeCode, isRecoveryCode } from './codes.ts';

test.each(['123456', '123 456', ' 12 34 56 '])('%j is a one-time code', (text) => {
  expect(isOneTimeCode(text)).toBe(true);
});

test.each(['', '12345', '1234567', '12345a', '123-456', '4k7m-0x9p-tq2h'])('%j is no one-time code', (text) => {
  expect(isOneTimeCode(text)).toBe(false);
});

test.each(['4k7m-0x9p-tq2h', '4K7M 0X9P TQ2H', '4k7m0x9ptq2h', '4k7m-Ox9p-tqlI'])('%j is a recovery code', (text) => {
  expect(isRecoveryCode(text)).toBe(true);
});

test.each(['', '4k7m-0x9p-tq2', '4k7m-0x9p-tq2hh', '4k7m-0x9p-tq2u', '123456'])('%j is no recovery code', (text) => {
  expect(isRecoveryCode(text)).toBe(false);
});
