import type { Both } from '../i18n/language.tsx';

export const words = {
  title: ['兩步驟驗證', 'Two-step sign-in'],
  why: [
    '開啟後，登入時除了密碼，還要輸入驗證器 App 顯示的驗證碼；就算密碼外洩，別人也無法登入。',
    'Signing in then takes a code of your authenticator app besides the password: a stolen password alone is of no use.',
  ],
  on: ['已開啟', 'On'],
  state: ['狀態', 'State'],
  codesLeft: ['可用的復原碼', 'Recovery codes left'],
  fewLeft: [
    '復原碼快用完了。請產生新的復原碼，以免手機遺失時無法登入。',
    'You are running out of recovery codes. Make new ones, so that you can sign in when your phone is lost.',
  ],
  turnOn: ['開啟兩步驟驗證', 'Turn two-step sign-in on'],
  begin: ['開始設定', 'Begin'],
  beginText: ['請先輸入密碼，確認是您本人。', 'First enter your password, so that we know it is you.'],
  scan: ['用驗證器 App 掃描 QR Code', 'Scan the QR code with your authenticator app'],
  scanText: [
    '例如 Google Authenticator、Microsoft Authenticator 或密碼管理工具。',
    'Such as Google Authenticator, Microsoft Authenticator or your password manager.',
  ],
  qrCode: ['設定兩步驟驗證的 QR Code', 'QR code that sets two-step sign-in up'],
  openApp: ['在這支手機的驗證器 App 開啟', 'Open in the authenticator app of this phone'],
  secret: ['無法掃描時，請輸入這組金鑰', 'If you cannot scan it, type this key'],
  firstCode: ['App 顯示的六位數驗證碼', 'The six digits that the app shows'],
  wrongCode: [
    '驗證碼不正確或已使用過，請輸入目前顯示的驗證碼。',
    'This code is wrong or was used before. Enter the one that is shown now.',
  ],
  confirm: ['開啟', 'Turn on'],
  cancel: ['取消設定', 'Cancel'],
  codesTitle: ['請保存您的復原碼', 'Save your recovery codes'],
  codesText: [
    '手機不在身邊時，每組復原碼可以代替驗證碼登入一次。復原碼只顯示這一次，請存放在手機以外的地方。',
    'Without your phone, each of these takes the place of a code once. They are shown only now: keep them somewhere other than the phone.',
  ],
  isOn: ['兩步驟驗證已開啟。', 'Two-step sign-in is on.'],
  isReplaced: ['新的復原碼已產生，舊的已失效。', 'New recovery codes were made; those before are void.'],
  isOff: ['兩步驟驗證已關閉，之後只需要密碼就能登入。', 'Two-step sign-in is off. From now on the password is enough.'],
  codes: ['復原碼', 'Recovery codes'],
  download: ['下載文字檔', 'Download as a text file'],
  saved: ['我已保存復原碼', 'I have saved the codes'],
  notSaved: ['您保存復原碼了嗎？', 'Have you saved the codes?'],
  fileHead: [
    (origin: string) => `找幫手復原碼（${origin}）\n每組可使用一次。`,
    (origin: string) => `Recovery codes of find-helper (${origin})\nEach works once.`,
  ],
  replace: ['產生新的復原碼', 'Make new recovery codes'],
  replaceText: ['現有的復原碼會全部失效。', 'All recovery codes that you have now become void.'],
  turnOff: ['關閉兩步驟驗證', 'Turn two-step sign-in off'],
  turnOffText: [
    '之後只需要密碼就能登入，復原碼也會失效。',
    'The password alone is enough from then on, and the recovery codes become void.',
  ],
  wrongBoth: [
    '密碼或驗證碼不正確；每個驗證碼只能使用一次。',
    'The password or the code is wrong; each code works once.',
  ],
} satisfies Record<string, Both<unknown>>;
