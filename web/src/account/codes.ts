/** Whether a text has the shape of a code that an authenticator app shows; blanks do not count. */
export function isOneTimeCode(text: string): boolean {
  return /^[0-9]{6}$/.test(text.replace(/\s/g, ''));
}

/** Whether a text has the shape of a recovery code, such as `4k7m-0x9p-tq2h`, however it was copied. */
export function isRecoveryCode(text: string): boolean {
  return /^[0-9a-tv-z]{12}$/i.test(text.replace(/[\s-]/g, ''));
}
