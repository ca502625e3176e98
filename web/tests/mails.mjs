// Every mail that the gateway sends, as its program prints them.
import { execFileSync } from 'node:child_process';

import { setting } from './setting.mjs';

/** All mails to somebody of this name, in both languages. */
export function everyMail(name) {
  const printed = execFileSync(setting('GATEWAY_PROGRAM'), ['mails', '--name', name], { encoding: 'utf8' });
  return JSON.parse(printed);
}
