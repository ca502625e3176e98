// Compares what the gateway answers with what a page shows of it: names and types, and codes as they are.
import assert from 'node:assert/strict';

const LITERAL = ['success', 'code', 'error_code', 'errors'];

/** Lines of a header or of an event stream: each that is shown is there, in this order. */
export function textMatches(printed, shown) {
  const lines = printed.split(/\r?\n/);
  let at = 0;
  for (const line of shown.split('\n').filter(Boolean)) {
    const json = line.slice(line.indexOf('{'));
    const start = line.includes('{') ? line.slice(0, line.indexOf('{')) : line.replace(/:.*/, ':');
    const found = lines.findIndex(
      (candidate, index) =>
        index >= at &&
        candidate.toLowerCase().startsWith(start.toLowerCase()) &&
        line.includes('{') === candidate.includes('{'),
    );
    assert.ok(found >= 0, `no line begins with ${JSON.stringify(start)} in\n${printed}`);
    if (line.includes('{')) jsonMatches(lines[found].slice(start.length), json);
    at = found + 1;
  }
}

export function jsonMatches(printed, shown) {
  same(JSON.parse(printed), JSON.parse(shown), '$');
}

function same(actual, shown, path) {
  if (Array.isArray(shown)) {
    assert.ok(Array.isArray(actual) && actual.length > 0, `${path} is a list with items`);
    actual.forEach((item, index) => same(item, shown[0], `${path}[${index}]`));
  } else if (shown && typeof shown === 'object') {
    assert.deepEqual(Object.keys(actual ?? {}), Object.keys(shown), path);
    for (const name of Object.keys(shown)) same(actual[name], shown[name], `${path}.${name}`);
  } else if (LITERAL.includes(path.split('.').at(-1))) {
    assert.equal(actual, shown, path);
  } else if (shown !== null && actual !== null) {
    assert.equal(typeof actual, typeof shown, path);
  }
}
