import type { Both } from '../i18n/language.tsx';

export const words = {
  loading: ['載入中…', 'Loading…'],
  working: ['處理中…', 'Working…'],
  retry: ['再試一次', 'Try again'],
  offline: ['連不上伺服器，請檢查網路後再試。', 'The server cannot be reached. Check your connection and try again.'],
  correct: ['請修正標示的欄位。', 'Please correct the marked fields.'],
  often: ['嘗試次數過多，請稍候。', 'Too many requests. Please wait a moment.'],
  waited: ['現在可以再試一次。', 'You can try again now.'],
  wait: [
    (seconds: number) => `${seconds} 秒後可以再試。`,
    (seconds: number) => `You can try again in ${seconds} s.`,
  ],
  required: ['請填寫此欄位。', 'Please fill in this field.'],
  email: ['請輸入完整的電子郵件地址。', 'Please enter a complete e-mail address.'],
  range: [
    (min: string, max: string) => `請輸入 ${min} 到 ${max} 之間的數字。`,
    (min: string, max: string) => `Enter a number from ${min} to ${max}.`,
  ],
  whole: ['只能輸入整數。', 'Whole numbers only.'],
  short: [
    (least: number) => `至少 ${least} 個字元。`,
    (least: number) => `At least ${least} characters.`,
  ],
  invalid: ['內容無效。', 'This is not valid.'],
  optional: ['選填', 'optional'],
  restored: ['已還原您上次填到一半的內容。', 'What you had written and not sent is here again.'],
  startAfresh: ['清除並重新填寫', 'Start afresh'],
  cancel: ['取消', 'Cancel'],
  leaveText: [
    '這些內容只顯示這一次，離開後就無法再看到。',
    'This is shown only once: when you leave, you will not see it again.',
  ],
  stay: ['留在這裡', 'Stay here'],
  leave: ['離開', 'Leave'],
  copy: ['複製', 'Copy'],
  copied: ['已複製', 'Copied'],
  notCopied: ['無法複製', 'Not copied'],
  previous: ['上一頁', 'Previous'],
  next: ['下一頁', 'Next'],
  pages: ['分頁', 'Pages'],
} satisfies Record<string, Both<unknown>>;
