export type Kind = 'comment' | 'string' | 'keyword' | 'number';

export interface Piece {
  kind: Kind | null;
  text: string;
}

const KEYWORDS =
  'as|async|await|break|catch|class|const|continue|def|except|export|for|from|function|if|import|in|' +
  'let|new|not|of|or|and|print|raise|return|throw|true|True|false|False|null|None|try|while|with|yield|' +
  'query|mutation|subscription|curl';

/** What all languages of the samples have in common: comments, strings, keywords, numbers. */
const TOKENS = new RegExp(
  [
    /(?<comment>(?<=^|\s)(?:#|\/\/)[^\n]*)/,
    /(?<string>"""[\s\S]*?"""|`[^`]*`|"(?:\\.|[^"\\\n])*"|'[^']*')/,
    new RegExp(`(?<keyword>(?<![-\\w.])(?:${KEYWORDS})(?![-\\w]))`),
    /(?<number>(?<![-\w.:/])\d+(?![-\w.:]))/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gm',
);

/** A program in pieces to be coloured; together they are the text. */
export function highlight(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    if (match.index > at) pieces.push({ kind: null, text: text.slice(at, match.index) });
    const [kind] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    pieces.push({ kind: kind as Kind, text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ kind: null, text: text.slice(at) });
  return pieces;
}
