import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { Form } from 'react-aria-components';

import { type Problem, toldAt } from '../graphql/problem.ts';
import { Button } from './Button.tsx';
import { type Draft, DraftContext, keepTyped } from './draft.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';
import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Props {
  submit?: string;
  look?: 'primary' | 'danger';
  pending: boolean;
  problem: Problem | null;
  onSubmit(values: FormData): void;
  children: ReactNode;
  /** Beside the button. */
  more?: ReactNode;
  /** In place of the button and what is beside it. */
  buttons?: ReactNode;
  /** What was typed before, and is kept until it is sent. */
  draft?: Draft;
  /** Where and how it is told that the credentials are wrong. */
  refused?: { field: string; message: string };
}

/** A form whose fields are named as the input's: what the gateway says of each stands beside it. */
export function GatewayForm(props: Props) {
  const { submit, look = 'primary', pending, onSubmit, children, more, buttons, draft } = props;
  const form = useRef<HTMLFormElement>(null);
  // The same for rendering: what is told of a problem depends on the fields that there are.
  const [element, setElement] = useState<HTMLFormElement | null>(null);
  const attach = useCallback((to: HTMLFormElement | null) => {
    form.current = to;
    setElement(to);
  }, []);
  const { field, message } = props.refused ?? {};
  const problem = useMemo(
    () => (field && message ? toldAt(props.problem, field, message) : props.problem),
    [props.problem, field, message],
  );
  useEffect(() => {
    if (!problem) return;
    const target = form.current?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea), .notice');
    target?.focus();
  }, [problem]);
  const round = draft?.round ?? 0;
  const onInput = useEffectEvent((event: Event) => {
    if (draft) keepTyped(draft, event);
  });
  useEffect(() => {
    const element = form.current;
    const listen = (event: Event) => {
      onInput(event);
      lookAgain(event);
    };
    element?.addEventListener('input', listen);
    return () => element?.removeEventListener('input', listen);
  }, [round]);
  useEffect(() => {
    if (round) form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [round]);
  const validationErrors = useMemo(() => listsOf(problem?.fields), [problem]);
  const body = (
    <Form
      key={round}
      ref={attach}
      className="form"
      validationErrors={validationErrors}
      onSubmit={(event) => {
        event.preventDefault();
        // Which button was pressed may count as well.
        const { submitter } = event.nativeEvent as SubmitEvent;
        if (!pending) onSubmit(new FormData(event.currentTarget, submitter));
      }}
    >
      <FormProblem problem={problem} form={element} />
      {children}
      <div className="actions">
        {buttons ?? (
          <>
            <Button type="submit" look={look} isPending={pending}>
              {submit}
            </Button>
            {more}
          </>
        )}
      </div>
    </Form>
  );
  if (!draft) return body;
  return (
    <DraftContext value={draft}>
      {Object.keys(draft.values).length ? <Restored onStartAfresh={draft.startAfresh} /> : null}
      {body}
    </DraftContext>
  );
}

function Restored({ onStartAfresh }: { onStartAfresh(): void }) {
  const { t } = useWords();
  return (
    <Notice look="info" title={t(words.restored)}>
      <Button onPress={onStartAfresh}>{t(words.startAfresh)}</Button>
    </Notice>
  );
}

/** As React Aria takes them. */
function listsOf(fields: Problem['fields'] = {}): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fields).map(([name, messages]) => [name, [...messages]]));
}

/**
 * What is shown to be wrong, here or because of what stands here, is judged anew with every key. React Aria
 * waits until the field is left: then the button moves away below the pointer that is about to press it.
 */
function lookAgain({ target: field }: Event) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const others = field.form?.querySelectorAll(`[data-judged-with="${field.name}"]`) ?? [];
  for (const judged of [field, ...others]) {
    if (judged.matches('[aria-invalid="true"]')) judged.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** What is wrong with the whole, and with fields that the form does not show. */
function FormProblem({ problem, form }: { problem: Problem | null; form: HTMLFormElement | null }) {
  const { t } = useWords();
  if (!problem) return null;
  const names = Object.keys(problem.fields);
  if (!names.length) return <ProblemNotice problem={problem} />;
  // A list to choose from has no place for a message.
  const hidden = names.filter((name) => {
    const element = form?.elements.namedItem(name);
    return !element || element instanceof HTMLSelectElement;
  });
  // One field has the focus and says it all.
  if (names.length === 1 && !hidden.length) return null;
  return (
    <Notice look="problem" title={t(words.correct)}>
      {hidden.map((name) => (
        <p key={name}>{problem.fields[name]?.join(' ')}</p>
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
  if (text === '') return null;
  const moment = new Date(text);
  // The gateway says what is wrong with the rest, such as a year of six digits.
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString();
}
