import { expect, test } from 'vitest';

import life from '../../../docs/jobs.md?raw';
import { adviceOf } from './advice.ts';
import { STATUSES } from './filter.ts';
import { proposalOf, stepsOf } from './steps.ts';

type Job = Parameters<typeof stepsOf>[0];

const now = Date.parse('2027-02-07T10:00:00+08:00');
const job: Job = {
  status: 'DRAFT',
  owner: { id: 'user_1' },
  assignee: { id: 'user_2' },
  proposal: null,
  scheduledAt: null,
  completedAt: null,
  disputedAt: null,
  updatedAt: '2027-02-07T09:00:00+08:00',
};
const user = (id: string) => ({ id, role: 'USER' as const });
const [ann, ben, eve] = [user('user_1'), user('user_2'), user('user_3')];
const admin = { id: 'user_4', role: 'ADMIN' as const };
const steps = (change: Partial<Job>, viewer: Parameters<typeof stepsOf>[1] = ann) =>
  stepsOf({ ...job, ...change }, viewer, now);

/** What the page of the gateway's own table calls each step. */
const NAMES: Record<string, string> = {
  publishJob: 'publish',
  releaseJob: 'release',
  startJob: 'start',
  reportDone: 'report',
  completeJob: 'complete',
  disputeJob: 'dispute',
  resolveDispute: 'decide',
  cancelJob: 'cancel',
};

/** Who may take which step in a status, as docs/jobs.md has it. */
function allowed(status: string, who: string): string[] {
  const rows = life.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const names = rows
    .filter(([, , from = '', , by = '']) => from.includes(`\`${status}\``) && by.split(', ').includes(who))
    .map(([, step = '', , , , condition = '']) => {
      const name = NAMES[step.match(/`(\w+)`/)?.[1] ?? ''];
      const isProposed = name === 'cancel' && condition.startsWith('both') && who !== 'administrator';
      return isProposed ? 'proposeCancel' : name;
    });
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

test('everybody is offered the steps that the table of the gateway allows them, and editing and posting again', () => {
  const who = [
    ['owner', ann],
    ['worker', ben],
    ['administrator', admin],
  ] as const;
  for (const status of STATUSES) {
    for (const [part, viewer] of who) {
      const offered = steps({ status }, viewer).filter((step) => step !== 'edit' && step !== 'repost');
      expect([status, part, ...offered.toSorted()]).toEqual([status, part, ...allowed(status, part)]);
    }
    expect(steps({ status }, eve)).toEqual([]);
  }
  expect(allowed('REPORTED_DONE', 'owner')).toEqual(['complete', 'dispute', 'proposeCancel']);
  const reposted = STATUSES.filter((status) => steps({ status }).includes('repost'));
  expect(reposted).toEqual(['COMPLETED', 'CANCELLED', 'EXPIRED']);
});

test('an administrator who is a party has the steps of that party only', () => {
  const worker = { ...admin, id: ben.id };
  expect(steps({ status: 'DISPUTED' }, worker)).toEqual([]);
  expect(steps({ status: 'IN_PROGRESS' }, worker)).toContain('report');
});

test('before the day of the work in Taiwan its start is proposed, by administrators taken', () => {
  const tomorrow = { status: 'ASSIGNED', scheduledAt: '2027-02-08T00:00:00+08:00' } as const;
  const tonight = { status: 'ASSIGNED', scheduledAt: '2027-02-07T23:59:00+08:00' } as const;
  expect(steps(tomorrow)).toEqual(['proposeStart', 'release', 'cancel']);
  expect(steps(tomorrow, admin)).toEqual(['start', 'cancel']);
  expect(steps(tonight, ben)).toEqual(['start', 'release']);
  expect(adviceOf({ ...job, ...tomorrow }, ben, now)).not.toEqual(adviceOf({ ...job, ...tonight }, ben, now));
});

test('what is proposed is not proposed again; the day of the work makes a proposal to start needless', () => {
  const proposal = { step: 'START', by: { id: 'user_2', name: 'Ben' } } as const;
  const early = { status: 'ASSIGNED', scheduledAt: '2027-02-09T09:00:00+08:00', proposal } as const;
  expect(steps(early)).toEqual(['release', 'cancel']);
  expect(proposalOf(early, now)).toBe(proposal);
  const come = { ...early, scheduledAt: '2027-02-07T18:00:00+08:00' };
  expect(steps(come)).toEqual(['start', 'release', 'cancel']);
  expect(proposalOf(come, now)).toBeNull();
  const cancelled = { ...proposal, step: 'CANCEL' } as const;
  expect(steps({ status: 'IN_PROGRESS', proposal: cancelled })).toEqual(['complete', 'dispute']);
  expect(proposalOf({ proposal: cancelled, scheduledAt: null }, now)).toBe(cancelled);
});

test('a job is disputed once, and until seven days after its end', () => {
  const completedAt = '2027-01-31T10:00:00+08:00';
  const isOffered = (change: Partial<Job>) => steps({ status: 'COMPLETED', ...change }, ben).includes('dispute');
  expect(isOffered({ completedAt })).toBe(true);
  expect(isOffered({ completedAt: '2027-01-31T09:59:59+08:00' })).toBe(false);
  expect(isOffered({ completedAt: null, updatedAt: '2027-01-31T09:59:59+08:00' })).toBe(false);
  expect(isOffered({ completedAt, disputedAt: completedAt })).toBe(false);
  expect(steps({ status: 'IN_PROGRESS', disputedAt: completedAt }, ben)).toEqual(['report', 'proposeCancel']);
  expect(adviceOf({ ...job, status: 'COMPLETED', completedAt }, ben, now)).toBeDefined();
  expect(adviceOf({ ...job, status: 'COMPLETED', completedAt, disputedAt: completedAt }, ben, now)).toBeUndefined();
});

test('each side is told what comes next in every state in which something does', () => {
  const told = (viewer: typeof ann) =>
    STATUSES.filter((status) => adviceOf({ ...job, status }, viewer, now)).filter((status) => status !== 'PAUSED');
  expect(told(ann)).toEqual(STATUSES.filter((status) => !['PAUSED', 'CANCELLED', 'EXPIRED'].includes(status)));
  expect(told(ben)).toEqual(['ASSIGNED', 'IN_PROGRESS', 'REPORTED_DONE', 'COMPLETED', 'DISPUTED']);
  expect(told(eve)).toEqual([]);
});
