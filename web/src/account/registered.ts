import { base } from '../base.ts';

export interface Registered {
  email: string;
  password: string;
}

/** In the memory of this tab alone: what is kept in the browser outlives whom it belongs to. */
let kept: Registered | null = null;

/** Keeps what somebody has registered with, for the page that waits for their mail; null forgets it. */
export function keepRegistered(registered: Registered | null): void {
  kept = registered;
}

export function registeredHere(): Registered | null {
  return kept;
}

const NAME = `find-helper${base}.verified`;

/** Tells the other tabs that the link of a verification mail was followed in this one. */
export function tellVerified(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(null);
  channel.close();
}

/** Listens for that. Returns what ends the listening. */
export function onVerified(listener: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = listener;
  return () => channel.close();
}
