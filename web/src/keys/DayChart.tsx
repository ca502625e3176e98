import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import { useWords } from '../i18n/language.tsx';
import { type Counts, ENDINGS, Failures, Legend } from './Split.tsx';
import { words } from './words.ts';

interface Day extends Counts {
  readonly date: string;
}

const HEIGHT = 200;

/** Requests of each day as bars, those that failed on top; the same as a table for whoever prefers it. */
export default function DayChart({ days, total }: { days: readonly Day[]; total: Counts }) {
  const { t, number } = useWords();
  const summary = t(words.chart)(number(total.requests), number(total.requests - total.answered));
  return (
    <figure className="chart">
      <figcaption>
        <h3>{t(words.perDay)}</h3>
        <p className="row-note">{summary}</p>
      </figcaption>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart
          data={days}
          aria-label={`${t(words.perDay)} ${summary}`}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} />
          <XAxis dataKey="date" tickFormatter={monthDay} tickLine={false} minTickGap={24} />
          <YAxis allowDecimals={false} tickFormatter={number} tickLine={false} axisLine={false} width="auto" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ className: 'chart-cursor' }}
            content={({ payload }) => <Told of={payload[0]?.payload as Day | undefined} />}
          />
          {ENDINGS.map((ending) => (
            <Bar key={ending} dataKey={ending} stackId="day" className={`bar-${ending}`} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
      <Legend />
      <Table days={days} />
    </figure>
  );
}

/** The day under the pointer, or reached by the arrow keys, which screen readers hear. */
function Told({ of: day }: { of: Day | undefined }) {
  const { t, number } = useWords();
  if (!day) return null;
  return (
    <div className="chart-told" role="status">
      <strong>{day.date}</strong>
      <span>
        {t(words.requests)}: {number(day.requests)}
      </span>
      <Failures of={day} />
    </div>
  );
}

/** Of an ISO date; the year is the same or told by the place. */
function monthDay(date: string): string {
  return date.slice(5);
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
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row">
                {day.date}
                <Failures of={day} />
              </th>
              <td>{number(day.requests)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
