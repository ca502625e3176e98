// Lists what schema.graphql changes for clients of an older schema; fails if a change breaks them.
//   node schema-changes.mjs              compares with the last commit
//   node schema-changes.mjs OLD.graphql  compares with a file
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';

/** The changes from one schema to another, worst first, and whether one of them breaks clients. */
export function schemaChanges(older, newer) {
  const [before, after] = [buildSchema(older), buildSchema(newer)];
  const breaking = findBreakingChanges(before, after);
  const dangerous = findDangerousChanges(before, after);
  return {
    breaks: breaking.length > 0,
    lines: [
      ...breaking.map((change) => `breaking   ${change.description}`),
      ...dangerous.map((change) => `dangerous  ${change.description}`),
      `${breaking.length} breaking, ${dangerous.length} dangerous`,
    ],
  };
}

if (process.argv[1] === import.meta.filename) {
  const file = process.argv[2];
  const older = file
    ? readFileSync(file, 'utf8')
    : execFileSync('git', ['show', 'HEAD:schema.graphql'], { encoding: 'utf8' });
  const newer = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  const { breaks, lines } = schemaChanges(older, newer);
  console.log(lines.join('\n'));
  process.exitCode = breaks ? 1 : 0;
}
