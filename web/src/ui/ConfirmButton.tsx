import { type ReactNode, useState } from 'react';

import type { Problem } from '../graphql/problem.ts';
import type { Action } from '../graphql/use.ts';
import { Button } from './Button.tsx';
import { Confirm } from './Confirm.tsx';

interface Props {
  label: string;
  look?: 'primary' | 'plain' | 'danger';
  /** Of the dialog; the label if it says enough. */
  title?: string;
  submit?: string;
  submitLook?: 'primary' | 'danger';
  no?: string | undefined;
  action: Pick<Action<unknown, never>, 'pending' | 'problem' | 'reset'>;
  /** What is told of the action's problem, if not all of it. */
  problem?: Problem | null;
  refused?: { field: string; message: string };
  onConfirm(values: FormData): void;
  /** What will happen, and what is asked for. */
  children: ReactNode;
}

/** A button that asks before its action, until that has ended without a problem. */
export function ConfirmButton({ label, look = 'plain', submitLook, action, onConfirm, ...dialog }: Props) {
  const [state, setState] = useState<'closed' | 'asking' | 'confirmed'>('closed');
  const goesOn = action.pending || action.problem !== null;

  function ask() {
    action.reset();
    setState('asking');
  }

  function confirm(values: FormData) {
    setState('confirmed');
    onConfirm(values);
  }

  return (
    <>
      <Button look={look} onPress={ask}>
        {label}…
      </Button>
      {state === 'asking' || (state === 'confirmed' && goesOn) ? (
        <Confirm
          title={label}
          submit={label}
          look={submitLook ?? (look === 'danger' ? 'danger' : 'primary')}
          pending={action.pending}
          problem={action.problem}
          {...dialog}
          onConfirm={confirm}
          onClose={() => setState('closed')}
        />
      ) : null}
    </>
  );
}
