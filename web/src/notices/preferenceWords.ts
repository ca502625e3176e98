import type { NoticeDelivery, NoticeKind } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';
import type { Group } from './preferences.ts';

/** What each kind of notice is called in a list of all. */
export const labels: Both<Record<NoticeKind, string>> = [
  {
    APPLICATION_RECEIVED: '有人應徵',
    APPLICATION_WITHDRAWN: '應徵者撤回應徵',
    JOB_EXPIRES_TOMORROW: '工作明天截止',
    JOB_EXPIRED: '工作已截止',
    APPLICATION_ACCEPTED: '應徵成功',
    APPLICATION_REJECTED: '應徵被婉拒',
    JOB_CHANGED: '工作內容變更',
    SCHEDULED_TOMORROW: '工作前一天的提醒',
    WORK_STARTED: '開始工作',
    START_PROPOSED: '對方提議提前開始',
    CANCEL_PROPOSED: '對方提議取消',
    JOB_CANCELLED: '工作已取消',
    JOB_RELEASED: '對方取消媒合',
    REPORTED_DONE: '幫手回報完工',
    COMPLETED: '工作已完成',
    DISPUTED: '有人提出爭議',
    DECIDED: '爭議結果',
    REVIEW_TO_WRITE: '可以寫評價了',
    REVIEW_TO_READ: '收到評價',
  },
  {
    APPLICATION_RECEIVED: 'Somebody applies',
    APPLICATION_WITHDRAWN: 'An application is withdrawn',
    JOB_EXPIRES_TOMORROW: 'A job closes tomorrow',
    JOB_EXPIRED: 'A job has closed',
    REPORTED_DONE: 'The helper says it is done',
    APPLICATION_ACCEPTED: 'You got the job',
    APPLICATION_REJECTED: 'Your application is turned down',
    JOB_CHANGED: 'A job has changed',
    SCHEDULED_TOMORROW: 'Work begins tomorrow',
    WORK_STARTED: 'Work has begun',
    START_PROPOSED: 'The other side proposes an earlier start',
    CANCEL_PROPOSED: 'The other side proposes to cancel',
    JOB_CANCELLED: 'A job is cancelled',
    JOB_RELEASED: 'The other side ends the match',
    COMPLETED: 'A job is completed',
    DISPUTED: 'A job is disputed',
    DECIDED: 'A dispute is decided',
    REVIEW_TO_WRITE: 'You can write a review',
    REVIEW_TO_READ: 'You got a review',
  },
];

export const groups: Both<Record<Group, string>> = [
  { posted: '我刊登的工作', applied: '我應徵的工作', agreed: '談定之後', reviews: '評價' },
  { posted: 'Jobs that I posted', applied: 'Jobs that I applied for', agreed: 'Once it is agreed', reviews: 'Reviews' },
];

export const deliveries: Both<Record<NoticeDelivery, string>> = [
  { AT_ONCE: '立即寄信', DAILY: '每日摘要', OFF: '不寄信' },
  { AT_ONCE: 'Mail at once', DAILY: 'Daily digest', OFF: 'No mail' },
];

export const words = {
  title: ['通知郵件', 'E-mail notices'],
  waysTitle: ['怎麼通知您', 'How you are told'],
  text: [
    '選擇哪些通知要寄到您的電子郵件。不論怎麼選，網站上的通知都會有。',
    'Choose which notices are mailed to you. Whatever you choose, you see them all here on the site.',
  ],
  atOnceText: [
    '一有動態就寄。短時間內太多時，會併成一封。',
    'As soon as something happens. If there are very many in an hour, they come in one mail.',
  ],
  dailyText: [
    '每天早上 8 點（台灣時間）寄一封，只列出您還沒讀的；都讀過就不寄。',
    'One mail a day at 8 in the morning (Taiwan time) with those that you have not read; none if you have read all.',
  ],
  offText: ['只在網站上看。', 'Only here on the site.'],
  always: [
    '帳號與安全相關的郵件一定會寄，例如變更密碼。',
    'Mails about your account and its security, such as a changed password, always come.',
  ],
  forAll: ['全部種類', 'Every kind'],
  mixed: ['個別設定', 'Mixed'],
  toNotices: ['看通知', 'See the notices'],
  save: ['儲存', 'Save'],
  saved: ['已儲存。', 'Saved.'],
} satisfies Record<string, Both<unknown>>;
