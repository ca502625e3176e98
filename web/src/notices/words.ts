import type { Both } from '../i18n/language.tsx';

export const words = {
  title: ['通知', 'Notices'],
  unread: [(count: string) => `通知，${count} 則未讀`, (count: string) => `Notices, ${count} unread`],
  came: [(count: string) => `有新通知，共 ${count} 則未讀。`, (count: string) => `A new notice; ${count} unread.`],
  filter: ['篩選通知', 'Which notices'],
  all: ['全部', 'All'],
  unreadOnly: ['未讀', 'Unread'],
  isUnread: ['未讀：', 'Unread:'],
  markAll: ['全部標為已讀', 'Mark all as read'],
  markOne: ['標為已讀', 'Mark as read'],
  marked: ['已全部標為已讀。', 'All are marked as read.'],
  mails: ['通知郵件設定', 'E-mail settings'],
  none: ['目前沒有通知', 'No notices yet'],
  noneText: [
    '有人應徵您的工作、您的應徵有結果，或約定的日子快到時，這裡會告訴您。',
    'You are told here when somebody applies to your job, when your application is answered, and when the day of the work comes near.',
  ],
  allRead: ['沒有未讀的通知', 'No unread notices'],
  kept: ['通知會保留 90 天。', 'Notices are kept for 90 days.'],
} satisfies Record<string, Both<unknown>>;
