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
import { useCities, useDistricts } from './usePlaces.ts';
import { words } from './words.ts';

/** What the board shows. */
export function Filters({ of: filter }: { of: JobFilter }) {
  const { t, money } = useWords();
  const { viewer } = useSession();
  const types = useCountedJobTypes(filter);
  const { search, set } = useFilters();
  const { cities, suggestions } = useCities();
  const city = search.get('city') ?? '';
  const districts = useDistricts(city, search.get('district') ?? '');
  const statuses = t(words.statuses);
  const orders = t(words.orders);
  const days = t(words.days);
  const any = { value: '', label: t(words.any) };

  const choice = (name: string, label: string, options: Option[]) => (
    <Select
      name={name}
      label={label}
      options={options}
      value={search.get(name) ?? ''}
      onChange={(value) => set(name, value)}
    />
  );
  const chips = (name: string, label: string, options: Option[]) => (
    <Chips label={label} options={options} value={search.get(name) ?? ''} onChange={(value) => set(name, value)} />
  );

  return (
    <search className="board-filters" aria-label={t(words.filters)}>
      <div className="filters">
        <FilterText
          name="search"
          label={t(words.search)}
          value={search.get('search') ?? ''}
          onChange={set}
          {...limits.JobFilter.search}
        />
        <FilterText
          name="city"
          label={t(fields.city)}
          value={city}
          onChange={(name, value) => set(name, value, 'district')}
          {...limits.JobFilter.city}
          suggestions={suggestions}
        />
        {cityIn(cities, city) ? choice('district', t(fields.district), [any, ...districts]) : null}
        {choice('jobType', t(fields.jobType), [any, ...types])}
        {viewer
          ? choice('status', t(words.status), [any, ...STATUSES.map((value) => ({ value, label: statuses[value] }))])
          : null}
        {choice(
          'orderBy',
          t(words.order),
          ORDERS.map((value) => ({ value: value === 'NEWEST' ? '' : value, label: orders[value] })),
        )}
      </div>
      <div className="filter-chips">
        {chips(
          'day',
          t(words.day),
          DAYS.map((value) => ({ value, label: days[value] })),
        )}
        {chips(
          'pay',
          t(words.pay),
          PAYS.map((amount) => ({ value: String(amount), label: t(words.payFrom)(money(amount)) })),
        )}
        {chips('applicants', t(words.applicants), [{ value: 'none', label: t(words.withoutApplications) }])}
      </div>
    </search>
  );
}
