import { useSession } from '../app/session.tsx';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { citySuggestions } from '../i18n/cities.ts';
import { Chips } from '../ui/Chips.tsx';
import { type Option, Select } from '../ui/Choice.tsx';
import { FilterText, useFilters } from '../ui/filters.tsx';
import { DAYS } from './days.ts';
import { fields } from './fields.ts';
import { ORDERS, PAYS, STATUSES } from './filter.ts';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** What the board shows. */
export function Filters() {
  const { t, money } = useWords();
  const { viewer } = useSession();
  const types = useJobTypes();
  const { search, set } = useFilters();
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
          value={search.get('city') ?? ''}
          onChange={set}
          {...limits.JobFilter.city}
          suggestions={citySuggestions}
        />
        {choice('jobType', t(fields.jobType), [any, ...types.options])}
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
      </div>
    </search>
  );
}
