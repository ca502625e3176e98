import type { ReactNode } from 'react';

import type { Problem } from '../graphql/problem.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { GatewayForm } from './GatewayForm.tsx';
import { words } from './words.ts';

interface Props {
  title: string;
  submit: string;
  /** The other button, where “cancel” would say two things. */
  no?: string | undefined;
  look?: 'primary' | 'danger';
  pending: boolean;
  problem: Problem | null;
  onConfirm(values: FormData): void;
  onClose(): void;
  refused?: { field: string; message: string };
  /** What will happen, and what is asked for. */
  children: ReactNode;
}

/** Asks before something that matters. */
export function Confirm({ title, no, onClose, onConfirm, children, ...form }: Props) {
  const { t } = useWords();
  return (
    <Dialog title={title} onClose={onClose}>
      <GatewayForm {...form} onSubmit={onConfirm} more={<Button onPress={onClose}>{no ?? t(words.cancel)}</Button>}>
        {children}
      </GatewayForm>
    </Dialog>
  );
}
