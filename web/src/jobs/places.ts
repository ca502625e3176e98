import type { CitiesQuery, DistrictsQuery } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';
import type { Option } from '../ui/Choice.tsx';

export type City = CitiesQuery['cities'][number];
export type District = DistrictsQuery['cities'][number]['districts'][number];

/** The city that a text names, whole or without its kind. None if that may be two: 新竹 is a city and a county. */
export function cityIn(cities: readonly City[], text: string): City | undefined {
  const written = plain(text);
  const named = (as: (name: string) => string) =>
    cities.filter(({ name, nameEn }) => as(name) === written || as(nameEn) === written);
  const [whole] = named(plain);
  const [short, ...others] = named((name) => plain(name).replace(/市$|縣$| city$| county$/, ''));
  return whole ?? (others.length ? undefined : short);
}

/** The city that an address names: in front in Chinese, after the last comma in English, beside a postal code. */
export function cityInAddress(cities: readonly City[], address: string): City | undefined {
  const written = plain(address).replace(/^[\d\s]+|[\d\s,]+$/g, '');
  const inFront = cities.find(({ name }) => written.startsWith(plain(name)));
  return inFront ?? cityIn(cities, written.split(',').at(-1) ?? '');
}

/** A city as jobs are filed under it, however it was written; what is none stays as it is. */
export function cityOf(cities: readonly City[], text: string): string {
  return cityIn(cities, text)?.name ?? text.trim();
}

/** What to show of a city: its name in both languages, but as its owner wrote it in Chinese. */
export function cityName(cities: readonly City[], text: string): Both {
  const city = cityIn(cities, text);
  return [/\p{Script=Han}/u.test(text) ? text : (city?.name ?? text), city?.nameEn ?? text];
}

/** What to suggest where a city is asked for. */
export function suggestionsOf(cities: readonly City[]): Option[] {
  return cities.map(({ name, nameEn }) => ({ value: name, label: nameEn }));
}

/** The districts to choose from, and what is chosen, even if it is none of them as far as is known. */
export function choicesOf(districts: readonly District[], chosen: string, t: (name: Both) => string): Option[] {
  const all = districts.map(({ name, nameEn }) => ({ value: name, label: t([name, nameEn]) }));
  return !chosen || all.some(({ value }) => value === chosen) ? all : [...all, { value: chosen, label: chosen }];
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase().replaceAll('臺', '台');
}
