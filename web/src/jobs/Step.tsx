import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

import { useAction } from '../graphql/use.ts';
import { type Both, useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';

/** What a page does after a step, and when somebody else was faster. */
export interface Settle {
  onDone(): void;
  onConflict(): void;
}

interface Props extends Settle {
  /** The job or the application. */
  id: string;
  step: TypedDocumentNode<unknown, { input: { id: string } }>;
  label: Both;
  look?: 'primary' | 'plain' | 'danger';
  /** Asked before a step that cannot be undone. */
  question?: { title: Both; text: string; no?: string };
}

/** A button that takes a step. */
export function Step({ id, step, label, look = 'plain', question, onDone, onConflict }: Props) {
  const { t } = useWords();
  const action = useAction(step, onConflict);

  async function take() {
    if (await action.run({ input: { id } })) onDone();
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
      title={t(question.title)}
      no={question.no}
      action={action}
      onConfirm={() => void take()}
    >
      <p>{question.text}</p>
    </ConfirmButton>
  );
}
