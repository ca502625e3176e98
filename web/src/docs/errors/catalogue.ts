import table from '../../../../docs/errors.md?raw';

/** One kind of error, as each API calls it; null where an API never answers it. */
export interface ErrorKind {
  code: string;
  status: number;
  jobs: string | null;
  auth: string | null;
  /** Whether the same request may succeed later. */
  retry: boolean;
  /** In English. */
  meaning: string;
}

/** Every kind of error that the gateway answers. */
export const ERRORS: readonly ErrorKind[] = parse(table);

/** The rows of the generated table. */
export function parse(markdown: string): ErrorKind[] {
  const rows = markdown.split('\n').filter((line) => /^\| [A-Z_]+ \| \d/.test(line));
  return rows.map((row) => {
    const [code = '', status, jobs = '–', auth = '–', retry, meaning = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { code, status: Number(status), jobs: name(jobs), auth: name(auth), retry: retry === 'yes', meaning };
  });
}

function name(cell: string): string | null {
  return cell === '–' ? null : cell;
}
