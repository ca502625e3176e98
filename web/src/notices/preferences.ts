import type { NoticeDelivery, NoticeKind } from '../graphql/generated.ts';

export type Group = 'posted' | 'applied' | 'agreed' | 'reviews';
export type Choices = Partial<Record<NoticeKind, NoticeDelivery>>;

export const DELIVERIES: readonly NoticeDelivery[] = ['AT_ONCE', 'DAILY', 'OFF'];

const groupOf: Record<NoticeKind, Group> = {
  APPLICATION_RECEIVED: 'posted',
  APPLICATION_WITHDRAWN: 'posted',
  JOB_EXPIRES_TOMORROW: 'posted',
  JOB_EXPIRED: 'posted',
  APPLICATION_ACCEPTED: 'applied',
  APPLICATION_REJECTED: 'applied',
  JOB_CHANGED: 'applied',
  SCHEDULED_TOMORROW: 'agreed',
  START_PROPOSED: 'agreed',
  WORK_STARTED: 'agreed',
  REPORTED_DONE: 'agreed',
  COMPLETED: 'agreed',
  JOB_RELEASED: 'agreed',
  CANCEL_PROPOSED: 'agreed',
  JOB_CANCELLED: 'agreed',
  DISPUTED: 'agreed',
  DECIDED: 'agreed',
  REVIEW_TO_WRITE: 'reviews',
  REVIEW_TO_READ: 'reviews',
};

/** All kinds, group after group as people meet them. */
export const GROUPS = (['posted', 'applied', 'agreed', 'reviews'] as const).map((group) => ({
  group,
  kinds: (Object.keys(groupOf) as NoticeKind[]).filter((kind) => groupOf[kind] === group),
}));

/** How all kinds are mailed; null if not alike. */
export function commonOf(choices: Choices): NoticeDelivery | null {
  const [first, ...others] = new Set(Object.values(choices));
  return others.length ? null : (first ?? null);
}

/** The same way for every kind that there is. */
export function allAs(choices: Choices, delivery: NoticeDelivery): Choices {
  return Object.fromEntries(Object.keys(choices).map((kind) => [kind, delivery]));
}

/** What is to be sent: what differs from before, so that a choice made elsewhere meanwhile stays. */
export function changesOf(before: Choices, now: Choices): { kind: NoticeKind; delivery: NoticeDelivery }[] {
  return (Object.entries(now) as [NoticeKind, NoticeDelivery][])
    .filter(([kind, delivery]) => before[kind] !== delivery)
    .map(([kind, delivery]) => ({ kind, delivery }));
}
