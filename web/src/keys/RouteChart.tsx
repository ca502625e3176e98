import { useWords } from '../i18n/language.tsx';
import { type Counts, Failures, SplitBar } from './Split.tsx';
import { words } from './words.ts';

interface Route extends Counts {
  readonly route: string;
}

/** Requests of each route: a table whose rows have bars. */
export function RouteChart({ routes }: { routes: readonly Route[] }) {
  const { t, number } = useWords();
  const most = Math.max(1, ...routes.map((route) => route.requests));
  return (
    <div className="chart">
      <h3>{t(words.perRoute)}</h3>
      {routes.length ? (
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">{t(words.route)}</th>
              <th scope="col">{t(words.requests)}</th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <tr key={route.route}>
                <th scope="row">
                  <code>{route.route}</code>
                  <SplitBar of={route} most={most} />
                  <Failures of={route} />
                </th>
                <td>{number(route.requests)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="muted">{t(words.noUsage)}</p>
      )}
    </div>
  );
}
