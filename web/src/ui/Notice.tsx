import { type ReactNode, useEffect, useState } from 'react';

import type { Problem } from '../graphql/problem.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { words } from './words.ts';

interface Props {
  look: 'info' | 'good' | 'problem';
  title: string;
  children?: ReactNode;
}

/** A message that screen readers hear when it appears. */
export function Notice({ look, title, children }: Props) {
  return (
    <div className={`notice notice-${look}`} role={look === 'problem' ? 'alert' : 'status'} tabIndex={-1}>
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}

export function ProblemNotice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useWords();
  const left = useCountdown(problem);
  const message = problem.code === 'OFFLINE' ? t(words.offline) : problem.message;
  return (
    <Notice look="problem" title={problem.code === 'RATE_LIMIT_EXCEEDED' ? t(words.often) : message}>
      {problem.retryAfter === null ? null : (
        // A timer is not read out with every second.
        <p role="timer">{left > 0 ? t(words.wait)(left) : t(words.waited)}</p>
      )}
      {onRetry ? (
        <Button onPress={onRetry} isDisabled={left > 0}>
          {t(words.retry)}
        </Button>
      ) : null}
    </Notice>
  );
}

/** Seconds until it is worth another try. */
function useCountdown(problem: Problem): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const end = Date.now() + (problem.retryAfter ?? 0) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
