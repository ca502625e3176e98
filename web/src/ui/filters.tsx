import { useEffect, useEffectEvent, useState } from 'react';
import { useSearchParams } from 'wouter';

import type { Option } from './Choice.tsx';
import { Field } from './Field.tsx';
import { PAGE } from './pages.tsx';

interface Filtering {
  /** What the page's address holds. */
  search: URLSearchParams;
  /** An empty value is left out of it, and so is what depends on it; the list begins at its first page. */
  set(name: string, value: string, ...dependents: string[]): void;
  /** Leaves out all but these. */
  keepOnly(...names: string[]): void;
}

/** What a list shows; kept in the page's address, to share and to come back to. */
export function useFilters(): Filtering {
  const [search, setSearch] = useSearchParams();
  const change = (to: (next: URLSearchParams) => void) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        to(next);
        next.delete(PAGE);
        return next;
      },
      { replace: true },
    );
  return {
    search,
    set: (name, value, ...dependents) =>
      change((next) => {
        if (value) next.set(name, value);
        else next.delete(name);
        dependents.forEach((dependent) => next.delete(dependent));
      }),
    keepOnly: (...names) =>
      change((next) => [...next.keys()].filter((name) => !names.includes(name)).forEach((name) => next.delete(name))),
  };
}

interface Props {
  name: string;
  label: string;
  value: string;
  onChange(name: string, value: string): void;
  minLength?: number;
  maxLength?: number;
  type?: 'search' | 'date';
  suggestions?: readonly Option[];
}

/** A text that counts a moment after it was typed. */
export function FilterText({ name, value, onChange, ...field }: Props) {
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
  return <Field type="search" {...field} name={name} value={typed} onChange={setTyped} mark="none" />;
}
