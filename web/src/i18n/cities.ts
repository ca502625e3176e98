import type { Language } from './negotiate.ts';

/** The cities and counties of Taiwan as people write them, and as road signs do in English. */
const CITIES: readonly (readonly [zh: string, en: string])[] = [
  ['台北市', 'Taipei City'],
  ['新北市', 'New Taipei City'],
  ['基隆市', 'Keelung City'],
  ['桃園市', 'Taoyuan City'],
  ['新竹市', 'Hsinchu City'],
  ['新竹縣', 'Hsinchu County'],
  ['苗栗縣', 'Miaoli County'],
  ['台中市', 'Taichung City'],
  ['彰化縣', 'Changhua County'],
  ['南投縣', 'Nantou County'],
  ['雲林縣', 'Yunlin County'],
  ['嘉義市', 'Chiayi City'],
  ['嘉義縣', 'Chiayi County'],
  ['台南市', 'Tainan City'],
  ['高雄市', 'Kaohsiung City'],
  ['屏東縣', 'Pingtung County'],
  ['宜蘭縣', 'Yilan County'],
  ['花蓮縣', 'Hualien County'],
  ['台東縣', 'Taitung County'],
  ['澎湖縣', 'Penghu County'],
  ['金門縣', 'Kinmen County'],
  ['連江縣', 'Lienchiang County'],
];

/** The city in the reader's language; what is none of Taiwan's stays as its owner wrote it. */
export function cityName(language: Language, city: string): string {
  if (language === 'zh-TW') return city;
  const written = city.trim().replaceAll('臺', '台');
  return CITIES.find(([zh]) => zh === written)?.[1] ?? city;
}

/** A city as jobs are filed under it, however the reader wrote it. */
export function cityOf(text: string): string {
  const written = text.trim().toLowerCase();
  const found = CITIES.find(([, en]) => {
    const whole = en.toLowerCase();
    return whole === written || (whole.endsWith(' city') && whole.slice(0, -5) === written);
  });
  return found?.[0] ?? text.trim();
}

/** What to suggest where a city is asked for. */
export const citySuggestions = CITIES.map(([value, label]) => ({ value, label }));
