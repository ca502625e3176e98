import './filters.css';

import { useSession } from '../app/session.tsx';
import type { JobFilter } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { Chips } from '../ui/Chips.tsx';
import { type Option, Select } from '../ui/Choice.tsx';
import { FilterText, useFilters } from '../ui/filters.tsx';
import { DAYS } from './days.ts';
import { fields } from './fields.ts';
import { ORDERS, PAYS, STATUSES } from './filter.ts';
import { useCountedJobTypes } from './jobTypes.ts';
import { cityIn } from './places.ts';
import { TypeTiles } from './TypeTiles.tsx';
import { useCities, useDistricts } from './usePlaces.ts';
import { words } from './words.ts';

/** What the board shows: what, where and when, and what is asked for most. */
export function Filters({ of: filter }: { of: JobFilter }) {
  const { t, money } = useWords();
  const types = useCountedJobTypes(filter);
  const { search, set } = useFilters();
  const days = t(words.days);
  const value = (name: string) => search.get(name) ?? '';
  const chips = (name: string, label: string, options: Option[]) => (
    <Chips label={label} options={options} value={value(name)} onChange={(chosen) => set(name, chosen)} />
  );

  return (
    <search className="board-filters" aria-label={t(words.filters)}>
      <SearchBox />
      <TypeTiles types={types} value={value('jobType')} onChange={(type) => set('jobType', type)} />
      <div className="filter-chips">
        {chips(
          'day',
          t(words.day),
          DAYS.map((day) => ({ value: day, label: days[day] })),
        )}
        {chips(
          'pay',
          t(words.pay),
          PAYS.map((amount) => ({ value: String(amount), label: t(words.payFrom)(money(amount)) })),
        )}
        {chips('applicants', t(words.applicants), [{ value: 'none', label: t(words.withoutApplications) }])}
        <Choices />
      </div>
    </search>
  );
}

function SearchBox() {
  const { t } = useWords();
  const { search, set } = useFilters();
  const { suggestions } = useCities();
  const day = search.get('day') ?? '';
  return (
    <div className="search-box">
      <FilterText
        name="search"
        label={t(words.search)}
        value={search.get('search') ?? ''}
        onChange={set}
        {...limits.JobFilter.search}
      />
      <FilterText
        name="city"
        label={t(words.where)}
        value={search.get('city') ?? ''}
        onChange={(name, value) => set(name, value, 'district')}
        {...limits.JobFilter.city}
        suggestions={suggestions}
      />
      <FilterText name="day" label={t(words.date)} value={/^\d/.test(day) ? day : ''} onChange={set} type="date" />
    </div>
  );
}

/** What is chosen from a list: the district of a city, the order, and for administrators the state. */
function Choices() {
  const { t } = useWords();
  const { viewer } = useSession();
  const { search, set } = useFilters();
  const { cities } = useCities();
  const city = search.get('city') ?? '';
  const districts = useDistricts(city, search.get('district') ?? '');
  const [statuses, orders] = [t(words.statuses), t(words.orders)];
  const choice = (name: string, label: string, options: Option[]) => (
    <Select
      name={name}
      label={label}
      options={options}
      value={search.get(name) ?? ''}
      onChange={(value) => set(name, value)}
    />
  );
  return (
    <div className="filter-choices">
      {cityIn(cities, city)
        ? choice('district', t(fields.district), [{ value: '', label: t(words.any) }, ...districts])
        : null}
      {viewer?.role === 'ADMIN'
        ? choice(
            'status',
            t(words.status),
            STATUSES.map((value) => ({ value: value === 'PUBLISHED' ? '' : value, label: statuses[value] })),
          )
        : null}
      {choice(
        'orderBy',
        t(words.order),
        ORDERS.map((value) => ({ value: value === 'NEWEST' ? '' : value, label: orders[value] })),
      )}
    </div>
  );
}
