import { Inline } from './Prose.tsx';

interface Props {
  /** What screen readers call it. */
  label: string;
  head: readonly string[];
  /** Cells may have code spans and links; the first of a row is its header. */
  rows: readonly (readonly string[])[];
}

export function Table({ label, head, rows }: Props) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = '', ...cells]) => (
            <tr key={first}>
              <th scope="row">
                <Inline>{first}</Inline>
              </th>
              {cells.map((cell, index) => (
                <td key={index}>
                  <Inline>{cell}</Inline>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
