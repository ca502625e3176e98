import { useEffect } from 'react';
import { useQuery } from 'urql';

import { CitiesDocument } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { type City, cityName, districtsOf, suggestionsOf } from './places.ts';

/** For as long as the page lives: urql would forget them whenever a changed job names its district. */
let kept: readonly City[] = [];

/** The cities of Taiwan with their districts, asked for once; none until they are there. */
export function useCities(): readonly City[] {
  const [{ data }] = useQuery({
    query: CitiesDocument,
    variables: {},
    requestPolicy: 'cache-first',
    pause: kept.length > 0,
  });
  useEffect(() => {
    if (data) kept = data.cities;
  }, [data]);
  return data?.cities ?? kept;
}

/** Places in the reader's language. */
export function usePlaces() {
  const { t } = useWords();
  const cities = useCities();
  return {
    cities,
    suggestions: suggestionsOf(cities),
    city: (text: string) => t(cityName(cities, text)),
    districts: (city: City | undefined, chosen: string) => districtsOf(city, chosen, t),
  };
}
