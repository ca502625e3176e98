import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { AroundNavHandler } from 'wouter';

import { useWords } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { words } from './words.ts';

type Ask = (leave: () => void) => void;

/** Asks before what the page shows is lost; null while nothing would be. */
let ask: Ask | null = null;

/** Leaves at once, or when the reader has agreed to. */
export function leaveWhenAllowed(leave: () => void): void {
  if (ask) ask(leave);
  else leave();
}

/** How the portal's router goes to another page. */
export const aroundNav: AroundNavHandler = (navigate, to, options) => leaveWhenAllowed(() => navigate(to, options));

interface Leaving {
  /** To be shown: the question, when it is asked. */
  question: ReactNode;
  /** Leaving is free from now on. */
  allow(): void;
}

/** Asks before the page is left by any way, as it shows what will not be shown again. */
export function useLeaving(title: string): Leaving {
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const release = useRef<() => void>(undefined);
  // The page is gone before another in its place leads on.
  useLayoutEffect(() => {
    release.current = guard((onLeave) => setLeave(() => onLeave));
    return release.current;
  }, []);
  const allow = () => release.current?.();
  return {
    allow,
    question: leave ? (
      <Question
        title={title}
        onStay={() => setLeave(null)}
        onLeave={() => {
          allow();
          setLeave(null);
          leave();
        }}
      />
    ) : null,
  };
}

/** Has this asked until the returned function is called. */
function guard(asks: Ask): () => void {
  const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
  // The way back: not every browser can stop it.
  const onNavigate = (event: NavigateEvent) => {
    if (event.navigationType !== 'traverse' || !event.cancelable || !event.destination.sameDocument) return;
    event.preventDefault();
    asks(() => navigation.traverseTo(event.destination.key));
  };
  const ways = 'navigation' in window ? navigation : null;
  ask = asks;
  addEventListener('beforeunload', onUnload);
  ways?.addEventListener('navigate', onNavigate);
  return () => {
    if (ask === asks) ask = null;
    removeEventListener('beforeunload', onUnload);
    ways?.removeEventListener('navigate', onNavigate);
  };
}

function Question({ title, onStay, onLeave }: { title: string; onStay(): void; onLeave(): void }) {
  const { t } = useWords();
  return (
    <Dialog title={title} onClose={onStay}>
      <div className="form">
        <p>{t(words.leaveText)}</p>
        <div className="actions">
          <Button look="primary" onPress={onStay}>
            {t(words.stay)}
          </Button>
          <Button look="danger" onPress={onLeave}>
            {t(words.leave)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
