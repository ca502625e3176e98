import { createContext, use, useMemo, useState } from 'react';

type Values = Readonly<Record<string, string>>;

/** What was typed into a form and not sent so far. It outlives the page, but not the browser's tab. */
export interface Draft {
  /** Of the fields that were touched, as they were when the form appeared. */
  values: Values;
  /** Grows when the form is to begin afresh. */
  round: number;
  keep(field: HTMLElement): void;
  /** After the form was sent, or given up. */
  forget(): void;
  startAfresh(): void;
}

/** The draft of one person and form; the form appears anew for another. */
export function useDraft(person: string, form: string): Draft {
  const name = `find-helper.draft.${person}.${form}`;
  const [begun, setBegun] = useState(() => ({ values: recall(name), round: 0 }));
  return useMemo(() => {
    const forget = () => store(name, {});
    return {
      ...begun,
      keep(field) {
        const value = valueOf(field);
        if (value) store(name, { ...recall(name), ...value });
      },
      forget,
      startAfresh() {
        forget();
        setBegun({ values: {}, round: begun.round + 1 });
      },
    };
  }, [name, begun]);
}

const DraftContext = createContext<Values>({});
export const DraftProvider = DraftContext.Provider;

/** What a draft says of a field; undefined if nothing. */
export function useDrafted(name: string | undefined): string | undefined {
  const values = use(DraftContext);
  return name === undefined ? undefined : values[name];
}

/** A box that is not checked is empty. Secrets are never kept. */
function valueOf(field: HTMLElement): Values | null {
  if (field instanceof HTMLInputElement) {
    if (field.type === 'password' || field.type === 'file') return null;
    if (field.type === 'checkbox') return { [field.name]: field.checked ? field.value : '' };
    return { [field.name]: field.value };
  }
  const isText = field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  return isText ? { [field.name]: field.value } : null;
}

function recall(name: string): Values {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Values;
  } catch {
    return {};
  }
}

function store(name: string, values: Values): void {
  try {
    if (Object.keys(values).length) sessionStorage.setItem(name, JSON.stringify(values));
    else sessionStorage.removeItem(name);
  } catch {
    // Where storage is forbidden the draft lasts as long as the page.
  }
}
