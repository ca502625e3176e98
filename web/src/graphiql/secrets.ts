const SECRET = /("?\b(?:\w*password|\w*token|\w*secret|code)"?\s*:\s*)(?:"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*")/gi;

/**
 * What GraphiQL keeps of tabs and history, without request headers and without passwords, tokens, secrets
 * and codes among variables and in queries: whoever opens this browser later could read them.
 */
export function withoutSecrets(kept: string): string {
  try {
    return JSON.stringify(JSON.parse(kept), (name, value: unknown) => {
      if (name === 'headers') return null;
      return typeof value === 'string' ? value.replace(SECRET, '$1""') : value;
    });
  } catch {
    return kept; // The width of a pane and the like.
  }
}
