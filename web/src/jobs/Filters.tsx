import { useSession } from '../app/session.tsx';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { citySuggestions } from '../i18n/cities.ts';
import { Select } from '../ui/Choice.tsx';
import { FilterText, useFilters } from '../ui/filters.tsx';
import { fields } from './fields.ts';
import { ORDERS, STATUSES } from './filter.ts';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** What the board shows. */
export function Filters() {
  const { t } = useWords();
  const { viewer } = useSession();
  const types = useJobTypes();
  const { search, set } = useFilters();
  const statuses = t(words.statuses);
  const orders = t(words.orders);
  const any = { value: '', label: t(words.any) };

  const choice = (name: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      name={name}
      label={label}
      options={options}
      value={search.get(name) ?? ''}
      onChange={(value) => set(name, value)}
    />
  );

  return (
    <search className="filters" aria-label={t(words.filters)}>
      {viewer?.role === 'ADMIN' ? (
        <FilterText
          name="search"
          label={t(words.search)}
          value={search.get('search') ?? ''}
          onChange={set}
          {...limits.JobFilter.search}
        />
      ) : null}
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
    </search>
  );
}
