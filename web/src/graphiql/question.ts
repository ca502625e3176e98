/** Whether a mutation with these fields is to run. */
export interface Question {
  fields: readonly string[];
  answer(yes: boolean): void;
}

let open: Question | null = null;
const listeners = new Set<() => void>();

/** Asks before a mutation runs, wherever its document came from; the dialog of this page answers. */
export function isWanted(fields: readonly string[]): Promise<boolean> {
  open?.answer(false);
  return new Promise((resolve) => {
    show({
      fields,
      answer(yes) {
        show(null);
        resolve(yes);
      },
    });
  });
}

/** The question that waits for an answer. */
export function openQuestion(): Question | null {
  return open;
}

export function onQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(question: Question | null) {
  open = question;
  for (const listener of listeners) listener();
}
