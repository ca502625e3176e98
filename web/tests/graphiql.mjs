// What tests see and do on the page of GraphiQL.

/** Waits until the page runs what is asked: a click is lost while its editors are still loaded. */
export const isReady = (page) => inQuery(page, 'LatestJobs').waitFor();

export const execute = (page) => page.getByRole('button', { name: /^Execute query/ });

export function inQuery(page, word) {
  return page.locator('.graphiql-query-editor .view-lines').getByText(word, { exact: true });
}

/** The last of what is given may be options of the waiting. */
export async function resultContains(page, ...texts) {
  const options = typeof texts.at(-1) === 'object' ? texts.pop() : {};
  let result = page.locator('.result-window .view-lines');
  for (const text of texts) result = result.filter({ hasText: wrapped(text) });
  await result.waitFor(options);
}

/** Whether the result shows all the texts within two seconds. */
export async function resultSoonContains(page, ...texts) {
  try {
    await resultContains(page, ...texts, { timeout: 2_000 });
    return true;
  } catch {
    return false;
  }
}

/** A text that the editor may have broken anywhere. */
function wrapped(text) {
  const characters = [...text.replaceAll(' ', '')].map((character) => character.replace(/[$()*+./?[\]^{|}\\]/, '\\$&'));
  return new RegExp(characters.join('\\s*'), 'u');
}
