import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Props extends Omit<ButtonProps, 'className' | 'style' | 'isPending' | 'children'> {
  look?: 'primary' | 'plain' | 'danger' | 'quiet';
  /** Its action runs. */
  isPending?: boolean;
  children: ReactNode;
}

/**
 * A button that says so while its action runs, and keeps the focus meanwhile. React Aria's own way to
 * say it leaves an element without a name behind.
 */
export function Button({ look = 'plain', isPending = false, onPress, children, ...props }: Props) {
  const { t } = useWords();
  return (
    <>
      <AriaButton
        {...props}
        {...(onPress && !isPending && { onPress })}
        className={`button button-${look}${isPending ? ' button-pending' : ''}`}
      >
        {isPending ? t(words.working) : children}
      </AriaButton>
      {isPending ? (
        <span role="status" className="visually-hidden">
          {t(words.working)}
        </span>
      ) : null}
    </>
  );
}
