import type { Both } from '../i18n/language.tsx';

export const words = {
  applications: [(count: string) => `應徵者（${count}）`, (count: string) => `Applicants (${count})`],
  yours: ['您的應徵', 'Your application'],
  none: ['沒有人應徵。', 'Nobody applied.'],
  noneYet: [
    '目前沒有人應徵，有人應徵時會即時出現在這裡。',
    'Nobody has applied yet. Applications appear here as they come in.',
  ],
  apply: ['應徵這份工作', 'Apply for this job'],
  applyAgain: ['重新應徵', 'Apply again'],
  again: [
    '這件工作又開放應徵了，您可以再應徵一次。',
    'This job takes applications again, and you may apply once more.',
  ],
  noMore: ['這件工作您不能再應徵了。', 'You cannot apply for this job again.'],
  releasedBecause: [
    (reason: string) => `取消媒合的原因：${reason}`,
    (reason: string) => `Why the match ended: ${reason}`,
  ],
  mayApplyAgain: ['可再應徵', 'You may apply again'],
  submit: ['送出應徵', 'Apply'],
  signInToApply: ['登入後應徵', 'Sign in to apply'],
  message: ['給發案者的話', 'Message to the owner'],
  messageHint: ['例如您的經驗、方便的時間。', 'Such as your experience, and when you are free.'],
  offer: ['我的報價', 'Your offer'],
  offerHint: [(asked: string) => `留空＝接受 ${asked}`, (asked: string) => `Leave empty to accept ${asked}.`],
  offers: [(amount: string) => `報價 ${amount}`, (amount: string) => `Offers ${amount}`],
  toForm: ['應徵', 'Go to the form'],
  sent: [(when: string) => `${when}應徵`, (when: string) => `applied ${when}`],
  asAsked: [(asked: string) => `接受刊登價 ${asked}`, (asked: string) => `Accepts ${asked}`],
  withdraw: ['撤回應徵', 'Withdraw'],
  withdrawTitle: ['撤回這份應徵？', 'Withdraw this application?'],
  withdrawText: [
    '發案者就不能再選您；徵人期間，您可以重新應徵。',
    'The owner can no longer choose you. You may apply again while the job is open.',
  ],
  accept: ['接受', 'Accept'],
  acceptTitle: ['接受這位應徵者？', 'Accept this applicant?'],
  acceptText: [
    (name: string, amount: string) =>
      `工作將以 ${amount} 交給 ${name}，雙方會看到彼此的聯絡方式，其他待回覆的應徵會一併婉拒。工作開始前，雙方都還能取消媒合。`,
    (name: string, amount: string) =>
      `The job goes to ${name} for ${amount}, and you see how to reach each other. All other applications are turned down. Until the work begins, either of you can still end the match.`,
  ],
  reject: ['婉拒', 'Turn down'],
  rejectTitle: ['婉拒這位應徵者？', 'Turn this applicant down?'],
  rejectText: [
    (name: string) => `婉拒後無法復原，${name} 也不能再應徵這份工作。`,
    (name: string) => `This cannot be undone, and ${name} cannot apply for this job again.`,
  ],
  statuses: [
    { PENDING: '待回覆', ACCEPTED: '已接受', REJECTED: '已婉拒', WITHDRAWN: '已撤回', RELEASED: '已取消媒合' },
    {
      PENDING: 'Pending',
      ACCEPTED: 'Accepted',
      REJECTED: 'Turned down',
      WITHDRAWN: 'Withdrawn',
      RELEASED: 'Match ended',
    },
  ],
} satisfies Record<string, Both<unknown>>;
