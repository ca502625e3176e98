import { expect, test } from 'vitest';

import { cityName, cityOf } from './cities.ts';

test('a city stands in the language of its reader, and a place that is none as it was written', () => {
  expect(cityName('en', '臺北市')).toBe('Taipei City');
  expect(cityName('zh-TW', '臺北市')).toBe('臺北市');
  expect(cityName('en', '月球')).toBe('月球');
});

test('a city is found by its English name as well', () => {
  expect(cityOf(' taipei ')).toBe('台北市');
  expect(cityOf('Hsinchu County')).toBe('新竹縣');
  expect(cityOf('臺北市')).toBe('臺北市');
});
