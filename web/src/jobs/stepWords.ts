import type { Both } from '../i18n/language.tsx';

export const words = {
  edit: ['編輯', 'Edit'],
  publish: ['刊登', 'Post'],
  repost: ['再刊登一次', 'Post again'],
  cancel: ['取消工作', 'Cancel the job'],
  keep: ['先不取消', 'Keep the job'],
  cancelTitle: ['取消這件工作？', 'Cancel this job?'],
  cancelText: [
    '取消後無法恢復，待回覆的應徵會一併婉拒。',
    'A cancelled job cannot be brought back, and its pending applications are turned down.',
  ],
  proposeCancel: ['提議取消', 'Propose to cancel'],
  proposeCancelTitle: ['向對方提議取消這件工作？', 'Propose to cancel this job?'],
  proposeCancelText: [
    '工作已經開始，要對方同意才能取消。對方同意之前，工作照常進行。',
    'The work has begun, so the other side has to agree. Until then it goes on.',
  ],
  agreeCancel: ['同意取消', 'Agree to cancel'],
  agreeCancelTitle: ['同意取消這件工作？', 'Agree to cancel this job?'],
  agreeCancelText: ['同意後立即取消，無法恢復。', 'The job is cancelled at once, and cannot be brought back.'],
  start: ['開始工作', 'Start the work'],
  startTitle: ['開始這件工作？', 'Start this job?'],
  startText: ['開始之後，要雙方同意才能取消。', 'Once the work has begun, both sides have to agree to cancel the job.'],
  proposeStart: ['提議提前開始', 'Propose an earlier start'],
  proposeStartTitle: ['向對方提議提前開始？', 'Propose to start earlier?'],
  proposeStartText: [
    (when: string) => `原訂工作時間是 ${when}。對方同意後，工作就會開始。`,
    (when: string) => `The work is planned for ${when}. It starts as soon as the other side agrees.`,
  ],
  agreeStart: ['同意提前開始', 'Agree to start'],
  agreeStartTitle: ['同意提前開始？', 'Agree to start now?'],
  agreeStartText: [
    '同意後工作立即開始，之後要雙方同意才能取消。',
    'The work starts at once. After that, both sides have to agree to cancel the job.',
  ],
  proposedStart: [(name: string) => `${name} 提議提前開始`, (name: string) => `${name} proposes an earlier start`],
  proposedStartText: [
    (when: string) => `原訂工作時間是 ${when}。不同意的話，不用做任何事。`,
    (when: string) => `The work is planned for ${when}. If you do not agree, there is nothing to do.`,
  ],
  proposedCancel: [
    (name: string) => `${name} 提議取消這件工作`,
    (name: string) => `${name} proposes to cancel this job`,
  ],
  proposedCancelText: [
    '您同意之前，工作照常進行。不同意的話，不用做任何事。',
    'The work goes on unless you agree. If you do not, there is nothing to do.',
  ],
  waitsStart: ['已提議提前開始，等待對方同意', 'You proposed an earlier start'],
  waitsStartText: ['對方同意後，工作就會開始。', 'The work starts as soon as the other side agrees.'],
  waitsCancel: ['已提議取消，等待對方同意', 'You proposed to cancel this job'],
  waitsCancelText: ['對方同意之前，工作照常進行。', 'The work goes on until the other side agrees.'],
  report: ['回報完工', 'Report done'],
  reportTitle: ['工作都做完了嗎？', 'Is the work done?'],
  reportText: [
    '我們會請發案者確認。若沒有回覆，通常三天後會自動完成。',
    'Its owner is asked to confirm. Without an answer the job is completed by itself, usually after three days.',
  ],
  complete: ['確認完成', 'Confirm completion'],
  completeTitle: ['工作都做完了嗎？', 'Is the work done?'],
  completeText: [
    '確認之後，這件工作就完成了。若之後發現問題，七天內雙方都能提出爭議。',
    'This completes the job. If something turns out wrong, either side can dispute it for seven days.',
  ],
  release: ['取消媒合', 'End the match'],
  releaseTitle: [(name: string) => `與 ${name} 取消媒合？`, (name: string) => `End the match with ${name}?`],
  releaseText: [
    (name: string) => `工作會重新開放應徵，這次落選的人也能再應徵；${name} 則不能再應徵這件工作。`,
    (name: string) =>
      `The job takes applications again, also from those who lost out this time. ${name} cannot apply for it again.`,
  ],
  leaveText: [
    '工作會重新開放應徵。之後若又有空，您可以再應徵。',
    'The job takes applications again. You may apply again, should you find the time after all.',
  ],
  reason: ['原因', 'Reason'],
  reasonHint: ['對方會看到這段說明。', 'The other side reads this.'],
  dispute: ['提出爭議', 'Dispute'],
  disputeTitle: ['對這件工作提出爭議？', 'Dispute this job?'],
  disputeText: [
    '管理員會看過雙方的說明再裁決。每件工作只能提出一次爭議，提出後無法撤回。',
    'An administrator looks into it and decides. A job can be disputed once only, and this cannot be taken back.',
  ],
  disputeReason: ['發生了什麼事？', 'What is wrong?'],
  disputeHint: ['對方和管理員都會看到這段說明。', 'The other side and administrators read this.'],
} satisfies Record<string, Both<unknown>>;
