import { use, useEffect, useState } from 'react';

import { useWords } from '../i18n/language.tsx';
import { Select } from '../ui/Choice.tsx';
import { DraftContext, useDrafted } from '../ui/draft.tsx';
import { fields, type Shown } from './fields.ts';
import { cityOf } from './places.ts';
import { useCities, useDistricts } from './usePlaces.ts';
import { words } from './words.ts';

/** A choice of the city's districts; what was chosen is there again when its city is. */
export function DistrictField({ of: job, city }: { of: Shown | undefined; city: string }) {
  const { t } = useWords();
  const { cities } = useCities();
  const draft = use(DraftContext);
  const drafted = { city: useDrafted('city') ?? job?.city ?? '', district: useDrafted('district') };
  const [chosen, setChosen] = useState({
    city: (drafted.district === undefined ? job?.city : drafted.city) ?? '',
    district: drafted.district ?? job?.district ?? '',
  });
  const value = cityOf(cities, chosen.city) === cityOf(cities, city) ? chosen.district : '';
  const districts = useDistricts(city, value);
  const isDropped = value !== chosen.district;
  useEffect(() => {
    // Else a form that is restored would take it for a district of the other city.
    if (isDropped) draft?.keep('district', '');
  }, [isDropped, draft]);
  return (
    <Select
      name="district"
      label={t(fields.district)}
      options={[{ value: '', label: t(words.fromAddress) }, ...districts]}
      value={value}
      onChange={(district) => setChosen({ city, district })}
    />
  );
}
