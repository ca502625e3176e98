import { expect, test } from 'vitest';

import {
  choicesOf,
  type City,
  cityIn,
  cityInAddress,
  cityName,
  cityOf,
  type District,
  suggestionsOf,
} from './places.ts';

const CITIES: City[] = [
  { name: '台北市', nameEn: 'Taipei City' },
  { name: '新北市', nameEn: 'New Taipei City' },
  { name: '新竹市', nameEn: 'Hsinchu City' },
  { name: '新竹縣', nameEn: 'Hsinchu County' },
  { name: '苗栗縣', nameEn: 'Miaoli County' },
];
const DISTRICTS: District[] = [
  { name: '中正區', nameEn: 'Zhongzheng District' },
  { name: '大安區', nameEn: "Da'an District" },
];

test.each(['台北市', '臺北市', ' 台北 ', 'Taipei City', 'taipei', 'ＴＡＩＰＥＩ'])('%s is 台北市', (text) => {
  expect(cityIn(CITIES, text)?.name).toBe('台北市');
});

test('a name that a city and a county share is neither, but with its kind it is one of them', () => {
  expect(cityIn(CITIES, '新竹')).toBeUndefined();
  expect(cityIn(CITIES, 'Hsinchu')).toBeUndefined();
  expect(cityIn(CITIES, 'Hsinchu County')?.name).toBe('新竹縣');
});

test('no part of a name is a city', () => {
  expect(['', '市', 'City', '北', 'New', '台北縣'].filter((text) => cityIn(CITIES, text))).toEqual([]);
});

test.each([
  ['台北市信義區信義路五段 7 號', '台北市'],
  ['110 臺北市信義區', '台北市'],
  ['新竹縣竹北市光明六路 10 號', '新竹縣'],
  ['No. 7, Sec. 5, Xinyi Rd., Xinyi District, Taipei City 110', '台北市'],
  ['1 Wenhua Rd., Banqiao District, New Taipei City', '新北市'],
  ['信義路五段 7 號', undefined],
  ['中山路台北市場旁', undefined],
  ['', undefined],
])('the address %s names %s', (address, city) => {
  expect(cityInAddress(CITIES, address)?.name).toBe(city);
});

test('a city is filed under its name, and a place that is none as it was written', () => {
  expect(cityOf(CITIES, 'miaoli')).toBe('苗栗縣');
  expect(cityOf(CITIES, ' 月球 ')).toBe('月球');
  expect(cityOf([], ' Taipei ')).toBe('Taipei');
});

test('a city stands in the language of its reader, and a place that is none as it was written', () => {
  expect(cityName(CITIES, '臺北市')).toEqual(['臺北市', 'Taipei City']);
  expect(cityName(CITIES, 'taipei')).toEqual(['台北市', 'Taipei City']);
  expect(cityName(CITIES, '月球')).toEqual(['月球', '月球']);
  expect(cityName([], '台北市')).toEqual(['台北市', '台北市']);
});

test('cities are suggested by both of their names', () => {
  expect(suggestionsOf(CITIES)[0]).toEqual({ value: '台北市', label: 'Taipei City' });
});

test('districts are to choose from in the language of the reader', () => {
  expect(choicesOf(DISTRICTS, '', ([zh]) => zh).map(({ label }) => label)).toEqual(['中正區', '大安區']);
  expect(choicesOf(DISTRICTS, '大安區', ([, en]) => en)).toEqual([
    { value: '中正區', label: 'Zhongzheng District' },
    { value: '大安區', label: "Da'an District" },
  ]);
  expect(choicesOf([], '', ([zh]) => zh)).toEqual([]);
});

test('a district that was chosen stays to choose, although it is none of those that are known', () => {
  expect(choicesOf([], '大安區', ([, en]) => en)).toEqual([{ value: '大安區', label: '大安區' }]);
});
