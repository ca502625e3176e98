import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';

import { below } from '../base.ts';
import { isBesidePortal, rememberNext } from './next.ts';

/** Leaves once: a second navigation would break off the first. */
export function Onward({ to }: { to: string }) {
  const [, navigate] = useLocation();
  const goOn = useEffectEvent(() => {
    rememberNext(null);
    if (isBesidePortal(to)) location.replace(below(to));
    else navigate(to, { replace: true });
  });
  useEffect(() => goOn(), []);
  return null;
}
