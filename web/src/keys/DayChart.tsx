import { useWords } from '../i18n/language.tsx';
import { dayBars, niceTop } from './scale.ts';
import { words } from './words.ts';

interface Day {
  readonly date: string;
  readonly requests: number;
  readonly refused: number;
}

const WIDTH = 720;
const HEIGHT = 160;

/** Requests of each day as bars, the refused part on top; the same as a table for whoever prefers it. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const { t, number } = useWords();
  const total = days.reduce((sum, day) => sum + day.requests, 0);
  const refused = days.reduce((sum, day) => sum + day.refused, 0);
  const top = niceTop(Math.max(...days.map((day) => day.requests)));
  const summary = t(words.chart)(number(total), number(refused));
  return (
    <figure className="chart">
      <figcaption>
        <h3>{t(words.perDay)}</h3>
        <p className="row-note">{summary}</p>
      </figcaption>
      <div className="chart-frame">
        <span className="chart-top">{number(top)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
          <path className="chart-grid" d={`M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
          {dayBars(days, top, WIDTH, HEIGHT).map((bar) => (
            <g key={bar.date}>
              <rect className="bar" x={bar.x} width={bar.width} y={bar.y} height={bar.height} />
              <rect className="bar-refused" x={bar.x} width={bar.width} y={bar.y} height={bar.refusedHeight} />
            </g>
          ))}
        </svg>
        <div className="chart-ends">
          <span>{days[0]?.date}</span>
          <span>{days.at(-1)?.date}</span>
        </div>
      </div>
      <ul className="legend">
        <li className="legend-answered">{t(words.answered)}</li>
        <li className="legend-refused">{t(words.refused)}</li>
      </ul>
      <Table days={days} />
    </figure>
  );
}

function Table({ days }: { days: readonly Day[] }) {
  const { t, number } = useWords();
  return (
    <details>
      <summary>{t(words.table)}</summary>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{t(words.date)}</th>
            <th scope="col">{t(words.requests)}</th>
            <th scope="col">{t(words.refused)}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row">{day.date}</th>
              <td>{number(day.requests)}</td>
              <td>{number(day.refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
