import { useHistoryState } from 'wouter/use-browser-location';

interface State {
  mailSentTo: string;
}

/** What the page that says so is told of a mail: beside its address, as no link could claim it. */
export function mailSentTo(email: string): State {
  return { mailSentTo: email };
}

/** The address that a mail was sent to before this page; undefined if there was none. */
export function useMailSentTo(): string | undefined {
  return useHistoryState<Partial<State> | null>()?.mailSentTo;
}
