import { limits } from '../graphql/limits.ts';
import type { Both } from '../i18n/language.tsx';

const { minLength } = limits.RegisterInput.password;

export const words = {
  signIn: ['登入', 'Sign in'],
  ended: ['登入已過期，請重新登入。', 'Your session has ended. Please sign in again.'],
  email: ['電子郵件', 'E-mail'],
  password: ['密碼', 'Password'],
  forgot: ['忘記密碼？', 'Forgot your password?'],
  noAccount: ['還沒有帳號？', 'No account yet?'],
  haveAccount: ['已經有帳號？', 'Already have an account?'],
  notVerified: [
    '請先開啟註冊時寄給您的驗證信。',
    'Please open the verification mail that you were sent when you registered.',
  ],
  sendAgain: ['重新寄送驗證信', 'Send the verification again'],
  locked: ['這個帳號已停權，無法登入。', 'This account is suspended and cannot sign in.'],
  codeWanted: [
    '這個帳號已開啟兩步驟驗證，請再輸入驗證碼。',
    'Two-step sign-in is on for this account: enter a code as well.',
  ],
  code: ['驗證碼', 'One-time code'],
  codeHint: ['驗證器 App 顯示的六位數字。', 'The six digits that your authenticator app shows.'],
  noCode: ['驗證碼是六位數字。', 'A one-time code has six digits.'],
  recoveryCode: ['復原碼', 'Recovery code'],
  recoveryCodeHint: [
    '開啟兩步驟驗證時保存的其中一組，每組可使用一次。',
    'One of those that you saved; each works once.',
  ],
  noRecoveryCode: [
    '復原碼是十二個英文字母或數字，例如 4k7m-0x9p-tq2h。',
    'A recovery code has twelve letters and digits, such as 4k7m-0x9p-tq2h.',
  ],
  useRecoveryCode: ['手機不在身邊？使用復原碼', 'No phone at hand? Use a recovery code'],
  useCode: ['改用驗證器 App', 'Use the authenticator app'],
  wrongBoth: [
    '電子郵件、密碼或驗證碼不正確；每個驗證碼只能使用一次。',
    'The address, the password or the code is wrong; each code works once.',
  ],
  register: ['註冊', 'Register'],
  name: ['姓名或暱稱', 'Name'],
  nameHint: ['其他人會看到。', 'Others see it.'],
  phone: ['電話', 'Phone'],
  newPassword: ['新密碼', 'New password'],
  passwordHint: [`至少 ${minLength} 個字元。`, `At least ${minLength} characters.`],
  checkMail: ['請查看您的信箱', 'Check your mail'],
  checkMailText: [
    (email: string) => `我們已將驗證信寄到 ${email}。開啟信中的連結後即可登入。`,
    (email: string) => `We have sent a verification mail to ${email}. Open the link in it, then sign in.`,
  ],
  checkMailSpam: [
    '沒收到嗎？請看看垃圾郵件匣，或重新寄送。',
    'Nothing there? Look into your spam folder, or have it sent again.',
  ],
  sentAgain: [
    '如果這個地址還沒驗證，新的驗證信已經寄出。',
    'If this address is not verified yet, a new mail is on its way.',
  ],
  forgotTitle: ['忘記密碼', 'Forgotten password'],
  forgotText: [
    '輸入您的電子郵件地址，我們會寄給您設定新密碼的連結。',
    'Enter your e-mail address and we will mail you a link to choose a new password.',
  ],
  sendLink: ['寄送連結', 'Send the link'],
  linkSent: ['如果這個地址有帳號，連結已經寄出。', 'If there is an account with this address, a link is on its way.'],
  linkSentText: [
    '請開啟信中的連結設定新密碼，然後登入。',
    'Open the link in the mail to choose a new password, then sign in.',
  ],
} satisfies Record<string, Both<unknown>>;
