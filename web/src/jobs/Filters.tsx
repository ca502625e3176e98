import { useEffect, useEffectEvent, useState } from 'react';
import { useSearchParams } from 'wouter';

import { useSession } from '../app/session.tsx';
import { useWords } from '../i18n/language.tsx';
import { citySuggestions } from '../i18n/cities.ts';
import { type Option, Select } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { ORDERS, STATUSES } from './filter.ts';
import { useJobTypes } from './jobTypes.ts';
import { words } from './words.ts';

/** What the board shows; kept in the page's address, to share and to come back to. */
export function Filters() {
  const { t } = useWords();
  const { viewer } = useSession();
  const types = useJobTypes();
  const [search, setSearch] = useSearchParams();
  const statuses = t(words.statuses);
  const orders = t(words.orders);
  const any = { value: '', label: t(words.any) };

  function set(name: string, value: string) {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  }

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
        <Words name="search" label={t(words.search)} value={search.get('search') ?? ''} onChange={set} />
      ) : null}
      <Words
        name="city"
        label={t(words.city)}
        value={search.get('city') ?? ''}
        onChange={set}
        suggestions={citySuggestions}
      />
      {choice('jobType', t(words.type), [any, ...types.options])}
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

interface WordsProps {
  name: string;
  label: string;
  value: string;
  onChange(name: string, value: string): void;
  suggestions?: readonly Option[];
}

/** A text that counts a moment after it was typed. */
function Words({ name, value, onChange, ...field }: WordsProps) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // Whoever goes back, or to the whole board, finds the field as the address says.
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  const tell = useEffectEvent(() => {
    if (typed !== value) onChange(name, typed);
  });
  useEffect(() => {
    const timer = setTimeout(() => tell(), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  // Every filter may be left empty: a word that says so would only repeat itself.
  return <Field {...field} name={name} type="search" value={typed} onChange={setTyped} maxLength={50} mark="none" />;
}
