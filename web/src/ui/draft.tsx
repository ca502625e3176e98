import { createContext, use, useMemo, useState } from 'react';

type Values = Readonly<Record<string, string>>;

/** What was typed into a form and not sent so far. It outlives the page, but not the browser's tab. */
export interface Draft {
  /** Of the fields that were touched, as they were when the form appeared. */
  values: Values;
  /** Grows when the form is to begin afresh. */
  round: number;
  /** A box that is not checked is empty. */
  keep(field: string, value: string): void;
  /** After the form was sent, or given up. */
  forget(): void;
  startAfresh(): void;
}

/** Of whoever is not signed in so far: what they write outlives the tab, as the mail may open another. */
export const VISITOR = 'visitor';

/** The draft of one person and form; the form appears anew for another. */
export function useDraft(person: string, form: string): Draft {
  const name = `find-helper.draft.${person}.${form}`;
  const [begun, setBegun] = useState(() => ({ values: recall(name), round: 0 }));
  return useMemo(() => {
    const forget = () => store(name, {});
    return {
      ...begun,
      keep: (field, value) => store(name, { ...recall(name), [field]: value }),
      forget,
      startAfresh() {
        forget();
        setBegun({ values: {}, round: begun.round + 1 });
      },
    };
  }, [name, begun]);
}

/** The draft of the form around. */
export const DraftContext = createContext<Draft | null>(null);

/** What the draft of the form around says of a field; undefined if nothing. */
export function useDrafted(name: string | undefined): string | undefined {
  const draft = use(DraftContext);
  return name === undefined ? undefined : draft?.values[name];
}

/** Keeps what was typed or chosen; secrets never, and boxes tell of themselves. */
export function keepTyped(draft: Draft, { target: field }: Event): void {
  if (field instanceof HTMLInputElement) {
    const isSecret = field.type === 'password' || field.dataset['secret'] !== undefined;
    if (!isSecret && !['file', 'checkbox'].includes(field.type)) draft.keep(field.name, field.value);
  } else if (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) {
    draft.keep(field.name, field.value);
  }
}

function shelfOf(name: string): Storage {
  return name.includes(`.${VISITOR}.`) ? localStorage : sessionStorage;
}

function recall(name: string): Values {
  try {
    return JSON.parse(shelfOf(name).getItem(name) ?? '{}') as Values;
  } catch {
    return {};
  }
}

function store(name: string, values: Values): void {
  try {
    if (Object.keys(values).length) shelfOf(name).setItem(name, JSON.stringify(values));
    else shelfOf(name).removeItem(name);
  } catch {
    // Where storage is forbidden the draft lasts as long as the page.
  }
}
