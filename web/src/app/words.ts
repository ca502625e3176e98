import type { Both } from '../i18n/language.tsx';

export const words = {
  skip: ['跳到內容', 'Skip to content'],
  menu: ['主選單', 'Main menu'],
  jobs: ['工作', 'Jobs'],
  mine: ['我的工作', 'My jobs'],
  keys: ['API 金鑰', 'API keys'],
  account: ['帳號', 'Account'],
  users: ['使用者', 'Users'],
  audit: ['稽核紀錄', 'Audit log'],
  signIn: ['登入', 'Sign in'],
  signOut: ['登出', 'Sign out'],
  register: ['註冊', 'Register'],
  docs: ['文件', 'Documentation'],
  language: ['語言', 'Language'],
  theme: ['外觀', 'Appearance'],
  themes: [
    { system: '跟隨系統', light: '淺色', dark: '深色' },
    { system: 'As the system', light: 'Light', dark: 'Dark' },
  ],
  offline: [
    '目前離線：以下內容可能不是最新的，恢復連線後會自動更新。',
    'You are offline. What you see may be out of date; it updates when the connection returns.',
  ],
  missing: ['找不到這個頁面', 'Page not found'],
  missingText: ['這個網址沒有內容。', 'There is nothing at this address.'],
  toStart: ['回到首頁', 'Go to the start'],
  forbidden: ['沒有權限', 'Not allowed'],
  forbiddenText: ['這個頁面只供管理員使用。', 'This page is for administrators.'],
  broken: ['發生錯誤', 'Something went wrong'],
  brokenText: ['頁面無法顯示，請重新整理。', 'The page cannot be shown. Please reload it.'],
  reload: ['重新整理', 'Reload'],
} satisfies Record<string, Both<unknown>>;
