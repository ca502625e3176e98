import { useWords } from '../i18n/language.tsx';
import { words } from './words.ts';

interface Route {
  readonly route: string;
  readonly requests: number;
  readonly refused: number;
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
              <th scope="col">{t(words.refused)}</th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <tr key={route.route}>
                <th scope="row">
                  <code>{route.route}</code>
                  <svg className="route-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect className="bar" width={(route.requests / most) * 100} height="1" />
                  </svg>
                </th>
                <td>{number(route.requests)}</td>
                <td>{number(route.refused)}</td>
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
