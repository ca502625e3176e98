import type { Member } from '../app/session.tsx';
import type { JobStatus } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';
import { isDisputable, isEarly, partOf, stepsOf } from './steps.ts';

type Standing = Parameters<typeof stepsOf>[0];

const PAUSED: Both = [
  '發案者的帳號目前無法使用，這件工作暫停應徵。帳號恢復後，工作會自動重新開放，您的應徵仍然有效。',
  'The account of its owner cannot be used at the moment, so this job is paused. It opens again with the account, and your application still counts.',
];
const DISPUTED: Both = [
  '管理員會看過雙方的說明再裁決，結果會顯示在這裡。',
  'An administrator looks into it. What they decide is shown here.',
];
const COMPLETED: Both = [
  '若有問題，完成後七天內雙方都能提出爭議。',
  'If something is wrong, either side can dispute the job for seven days after its completion.',
];

type Advice = Partial<Record<JobStatus | 'EARLY', Both>>;

const ADVICE: Record<NonNullable<ReturnType<typeof partOf>>, Advice> = {
  owner: {
    DRAFT: [
      '只有您看得到這份草稿。確認內容後按「刊登」，大家才能應徵。',
      'Only you see this draft. Post it when it is right, so that people can apply.',
    ],
    PUBLISHED: [
      '所有人都看得到這件工作。有人應徵後，請從中選一位。',
      'Everybody sees this job. Once people have applied, choose one of them.',
    ],
    EARLY: [
      '請與幫手約定細節。到了工作當天，雙方都可以按「開始工作」；要提前，需要雙方同意。',
      'Agree on the details with whom you chose. On the day of the work either of you starts it here; earlier, if you both want to.',
    ],
    ASSIGNED: [
      '請與幫手約定細節。開始做的時候，雙方都可以按「開始工作」。',
      'Agree on the details with whom you chose. When the work begins, either of you says so here.',
    ],
    IN_PROGRESS: ['工作做完後，請按「確認完成」。', 'When the work is done, confirm it here.'],
    REPORTED_DONE: [
      '幫手回報已經做完，請確認完成；若有問題，請提出爭議。沒有回覆的話，通常三天後會自動完成。',
      'The work is reported done. Please confirm it, or dispute it if something is wrong. Without an answer the job is completed by itself, usually after three days.',
    ],
    DISPUTED,
    COMPLETED,
  },
  worker: {
    EARLY: [
      '這份工作交給您了，請與發案者約定細節。到了工作當天，按「開始工作」；要提前，需要雙方同意。',
      'You got this job. Agree on the details with its owner, and start it here on the day of the work; earlier, if you both want to.',
    ],
    ASSIGNED: [
      '這份工作交給您了。請與發案者約定細節，開始做的時候按「開始工作」。',
      'You got this job. Agree on the details with its owner, and say here when you begin.',
    ],
    IN_PROGRESS: [
      '工作做完後，請按「回報完工」，再由發案者確認。',
      'When the work is done, report it here. Its owner then confirms it.',
    ],
    REPORTED_DONE: [
      '已回報完工，等發案者確認。沒有回覆的話，通常三天後會自動完成；若有問題，可以提出爭議。',
      'You reported the work done, and its owner is to confirm it. Without an answer the job is completed by itself, usually after three days. If something is wrong, you can dispute it.',
    ],
    DISPUTED,
    COMPLETED,
  },
  admin: {
    DISPUTED: ['請看過雙方的說明與進度紀錄，再做裁決。', 'Read what both sides say and the timeline, then decide.'],
  },
};

/** What the reader is to do next about a job of theirs, or why they have to wait. */
export function adviceOf(job: Standing, viewer: Pick<Member, 'id' | 'role'>, now = Date.now()): Both | undefined {
  if (job.status === 'PAUSED') return PAUSED;
  const part = partOf(job, viewer);
  if (!part || (job.status === 'COMPLETED' && !isDisputable(job, now))) return undefined;
  return ADVICE[part][job.status === 'ASSIGNED' && isEarly(job, now) ? 'EARLY' : job.status];
}
