import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Form } from 'react-aria-components';

import { type Problem, toldAt } from '../graphql/problem.ts';
import { Button } from './Button.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';
import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Props {
  submit: string;
  look?: 'primary' | 'danger';
  pending: boolean;
  problem: Problem | null;
  onSubmit(values: FormData): void;
  children: ReactNode;
  /** Beside the button. */
  more?: ReactNode;
  /** Where and how it is told that the credentials are wrong. */
  refused?: { field: string; message: string };
}

/** A form whose fields are named as the input's: what the gateway says of each stands beside it. */
export function GatewayForm(props: Props) {
  const { submit, look = 'primary', pending, onSubmit, children, more } = props;
  const form = useRef<HTMLFormElement>(null);
  const { field, message } = props.refused ?? {};
  const problem = useMemo(
    () => (field && message ? toldAt(props.problem, field, message) : props.problem),
    [props.problem, field, message],
  );
  useEffect(() => {
    if (!problem) return;
    const target = form.current?.querySelector<HTMLElement>(
      '[data-invalid] :is(input, textarea), .notice',
    );
    target?.focus();
  }, [problem]);
  useEffect(() => {
    const element = form.current;
    element?.addEventListener('input', lookAgain);
    return () => element?.removeEventListener('input', lookAgain);
  }, []);
  return (
    <Form
      ref={form}
      className="form"
      validationErrors={problem?.fields ?? {}}
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) onSubmit(new FormData(event.currentTarget));
      }}
    >
      <FormProblem problem={problem} form={form.current} />
      {children}
      <div className="actions">
        <Button type="submit" look={look} isPending={pending}>
          {submit}
        </Button>
        {more}
      </div>
    </Form>
  );
}

/**
 * What is shown to be wrong is judged anew with every key. React Aria waits until the field is left: then
 * the button moves away below the pointer that is about to press it.
 */
function lookAgain({ target: field }: Event) {
  if (field instanceof HTMLElement && field.matches('[aria-invalid="true"]')) {
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** What is wrong with the whole, and with fields that the form does not show. */
function FormProblem({ problem, form }: { problem: Problem | null; form: HTMLFormElement | null }) {
  const { t } = useWords();
  if (!problem) return null;
  const names = Object.keys(problem.fields);
  if (!names.length) return <ProblemNotice problem={problem} />;
  const hidden = names.filter((name) => !form?.elements.namedItem(name));
  // One field has the focus and says it all.
  if (names.length === 1 && !hidden.length) return null;
  return (
    <Notice look="problem" title={t(words.correct)}>
      {hidden.map((name) => (
        <p key={name}>{problem.fields[name]}</p>
      ))}
    </Notice>
  );
}

/** The text of a field; empty if it was left out. */
export function textOf(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}

/** The number of a field; null if it was left empty. */
export function numberOf(values: FormData, name: string): number | null {
  const text = textOf(values, name).trim();
  return text === '' ? null : Number(text);
}

/** The moment of a `datetime-local` field, in the reader's time zone; null if it was left empty. */
export function momentOf(values: FormData, name: string): string | null {
  const text = textOf(values, name);
  return text === '' ? null : new Date(text).toISOString();
}
