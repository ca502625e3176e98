import type { Both } from '../i18n/language.tsx';

export const words = {
  applications: ['應徵', 'Applications'],
  yours: ['您的應徵', 'Your application'],
  none: ['目前沒有人應徵。', 'Nobody has applied yet.'],
  apply: ['應徵', 'Apply'],
  signInToApply: ['登入後應徵', 'Sign in to apply'],
  message: ['給刊登者的話', 'Message to the owner'],
  offer: ['希望金額（新台幣）', 'What you ask for (TWD)'],
  offerHint: ['空白表示依預估金額。', 'Leave empty for the estimated amount.'],
  asEstimated: ['依預估金額', 'As estimated'],
  withdraw: ['撤回應徵', 'Withdraw'],
  accept: ['接受', 'Accept'],
  acceptTitle: ['接受這位應徵者？', 'Accept this applicant?'],
  acceptText: [
    (name: string) => `工作將指派給 ${name}，其他應徵者會收到婉拒通知。`,
    (name: string) => `The job is assigned to ${name}; the other applicants are turned down.`,
  ],
  reject: ['婉拒', 'Reject'],
  statuses: [
    { PENDING: '待決定', WITHDRAWN: '已撤回', ACCEPTED: '已接受', REJECTED: '已婉拒' },
    { PENDING: 'Pending', WITHDRAWN: 'Withdrawn', ACCEPTED: 'Accepted', REJECTED: 'Rejected' },
  ],
} satisfies Record<string, Both<unknown>>;
