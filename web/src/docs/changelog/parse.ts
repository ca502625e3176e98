/** The changes of one kind in a version: what was added, what was mended. */
export interface Changes {
  kind: string;
  items: string[];
}

export interface Release {
  version: string;
  /** A day, or that it is not out yet. */
  date: string;
  text: string;
  changes: Changes[];
}

/** Reads a file in the form of Keep a Changelog; throws where it has another. */
export function parse(markdown: string): Release[] {
  const releases: Release[] = [];
  const [, ...sections] = markdown.split(/^## /m);
  for (const section of sections) {
    const [head = '', ...kinds] = section.split(/^### /m);
    const [title = '', ...text] = head.split('\n');
    const [version = '', date] = title.split(' — ');
    if (!date) throw new Error(`no version and date: ${title}`);
    releases.push({ version, date, text: joined(text), changes: kinds.map(changes) });
  }
  return releases;
}

function changes(section: string): Changes {
  const [kind = '', ...lines] = section.split('\n');
  const [before = '', ...items] = `\n${lines.join('\n')}`.split(/\n- /);
  if (before.trim()) throw new Error(`no item of ${kind}: ${before}`);
  return { kind, items: items.map((item) => joined(item.split('\n'))) };
}

/** Lines as one; Chinese has no space between them. */
function joined(lines: string[]): string {
  const text = lines
    .map((line) => line.trim())
    .join('\n')
    .trim();
  return text
    .replace(/(?<=[\u3000-\u9fff\uff00-\uffef])\n|\n(?=[\u3000-\u9fff\uff00-\uffef])/g, '')
    .replace(/\n/g, ' ');
}
