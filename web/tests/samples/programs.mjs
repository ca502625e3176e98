// Runs texts as the programs that they are.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How a reader would run a sample, by the ending of its name. */
const COMMANDS = {
  sh: ['bash', '-c'],
  mjs: ['node', '--input-type=module', '--eval'],
  py: ['python3', '-c'],
};

/** Runs a program to its end: its exit status and what it printed. */
export async function run(language, text) {
  const { child, printed } = start(language, text);
  const [status] = await once(child, 'close');
  return { status, ...printed };
}

/** Runs a program that listens, acts until it prints what is wanted or the test is over, and stops it. */
export async function follow(language, text, wanted, act, signal) {
  const { child, printed } = start(language, text);
  const ended = once(child, 'close');
  try {
    while (!wanted.test(printed.output)) {
      signal.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`it ended: ${printed.errors}`);
      await act();
      await Promise.race([once(child.stdout, 'data'), ended, pause(200)]);
    }
  } finally {
    // The program behind a shell as well.
    process.kill(-child.pid);
    await ended;
  }
  return printed.output;
}

function start(language, text) {
  const [command, ...options] = COMMANDS[language];
  const child = spawn(command, [...options, text], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, LANG: 'C.UTF-8', NO_PROXY: '*' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (part) => (printed.output += part));
  child.stderr.setEncoding('utf8').on('data', (part) => (printed.errors += part));
  return { child, printed };
}
