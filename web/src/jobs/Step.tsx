import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

import { useAction } from '../graphql/use.ts';
import { type Both, useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Field } from '../ui/Field.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';

/** What a page does after a step, and when somebody else was faster. */
export interface Settle {
  onDone(): void;
  onConflict(): void;
}

interface Props<Data, Input> {
  step: TypedDocumentNode<Data, { input: Input }>;
  /** What is sent, with the reason if the question asks for one. */
  input(reason: string): Input;
  label: Both;
  look?: 'primary' | 'plain' | 'danger';
  /** Asked before a step that cannot be undone. */
  question?: Question;
  onDone(data: Data): void;
  onConflict(): void;
}

interface Question {
  title: string;
  text: string;
  /** The button that does nothing, where “cancel” would say two things. */
  no?: string;
  reason?: { label: string; hint: string; minLength: number; maxLength: number };
}

/** A button that takes a step. */
export function Step<Data, Input>({
  step,
  input,
  label,
  look = 'plain',
  question,
  onDone,
  onConflict,
}: Props<Data, Input>) {
  const { t } = useWords();
  const action = useAction(step, onConflict);

  async function take(reason = '') {
    const data = await action.run({ input: input(reason) });
    if (data) onDone(data);
  }

  if (!question) {
    return (
      <>
        <Button look={look} isPending={action.pending} onPress={() => void take()}>
          {t(label)}
        </Button>
        {action.problem ? <ProblemNotice problem={action.problem} /> : null}
      </>
    );
  }
  return (
    <ConfirmButton
      label={t(label)}
      look={look}
      title={question.title}
      no={question.no}
      action={action}
      onConfirm={(values) => void take(textOf(values, 'reason'))}
    >
      <p>{question.text}</p>
      {question.reason ? <Field name="reason" {...question.reason} rows={3} required /> : null}
    </ConfirmButton>
  );
}
