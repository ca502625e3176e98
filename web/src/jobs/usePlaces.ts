import { useEffect } from 'react';
import { useQuery } from 'urql';

import { CitiesDocument, DistrictsDocument, type DistrictsQuery } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import type { Option } from '../ui/Choice.tsx';
import { choicesOf, type City, cityIn, cityName, suggestionsOf } from './places.ts';

/** For as long as the page lives: urql would forget them whenever a changed job names its district. */
let kept: DistrictsQuery['cities'] = [];

/** The cities of Taiwan in the reader's language, asked for once; none until they are there. */
export function useCities() {
  const { t } = useWords();
  const [{ data }] = useQuery({ query: CitiesDocument, variables: {}, requestPolicy: 'cache-first' });
  const cities: readonly City[] = data?.cities ?? [];
  return {
    cities,
    suggestions: suggestionsOf(cities),
    label: (city: string) => t(cityName(cities, city)),
  };
}

/** The districts to choose from in a city; they are many, and asked for once a city is known. */
export function useDistricts(city: string, chosen: string): Option[] {
  const { t } = useWords();
  const { cities } = useCities();
  const known = cityIn(cities, city)?.name;
  const [{ data }] = useQuery({
    query: DistrictsDocument,
    variables: {},
    requestPolicy: 'cache-first',
    pause: !known || kept.length > 0,
  });
  useEffect(() => {
    if (data) kept = data.cities;
  }, [data]);
  const all = data?.cities ?? kept;
  return choicesOf(all.find(({ name }) => name === known)?.districts ?? [], chosen, t);
}

interface Placed {
  readonly city: string;
  readonly district: { readonly name: string; readonly nameEn: string } | null;
}

/** City and district of a job, as the reader's language puts them together. */
export function usePlaceOf({ city, district }: Placed): string {
  const { t, language } = useWords();
  const { label } = useCities();
  const parts = [label(city), district && t([district.name, district.nameEn])].filter(Boolean);
  return language === 'zh-TW' ? parts.join('') : parts.toReversed().join(', ');
}
