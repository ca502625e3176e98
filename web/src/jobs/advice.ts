import type { Member } from '../app/session.tsx';
import type { JobStatus } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';

interface Parties {
  readonly status: JobStatus;
  readonly owner: { readonly id: string };
  readonly assignee: { readonly id: string } | null;
}

const OWNER: Partial<Record<JobStatus, Both>> = {
  DRAFT: [
    '只有您看得到這份草稿。確認內容後發布，大家才能應徵。',
    'Only you see this draft. Publish it when it is right, so that people can apply.',
  ],
  PUBLISHED: [
    '所有人都看得到這件工作。有人應徵後，請從中選一位。',
    'Everybody sees this job. Once people have applied, choose one of them.',
  ],
  ASSIGNED: [
    '請與接案者約定細節。開始做的時候，雙方都可以按「開始工作」。',
    'Agree on the details with whom you chose. When the work begins, either of you says so here.',
  ],
  IN_PROGRESS: ['工作做完後，請按「確認完成」。', 'When the work is done, confirm it here.'],
};
const ASSIGNEE: Partial<Record<JobStatus, Both>> = {
  ASSIGNED: [
    '這份工作交給您了。請與刊登者約定細節，開始做的時候按「開始工作」。',
    'You got this job. Agree on the details with its owner, and say here when you begin.',
  ],
  IN_PROGRESS: ['工作做完後，請刊登者在這裡確認完成。', 'When the work is done, its owner confirms it here.'],
};

const PAUSED: Both = [
  '刊登者的帳號目前無法使用，這件工作暫停應徵。帳號恢復後，工作會自動重新開放，您的應徵仍然有效。',
  'The account of its owner cannot be used at the moment, so this job is paused. It opens again with the account, and your application still counts.',
];

/** What the reader is to do next about a job of theirs, or why they have to wait. */
export function adviceOf(job: Parties, viewer: Pick<Member, 'id'>): Both | undefined {
  if (job.status === 'PAUSED') return PAUSED;
  if (job.owner.id === viewer.id) return OWNER[job.status];
  return job.assignee?.id === viewer.id ? ASSIGNEE[job.status] : undefined;
}
