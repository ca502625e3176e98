import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';

import { KeyUsageDocument, type KeyUsageQuery } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Loading } from '../ui/Await.tsx';
import { Select } from '../ui/Choice.tsx';
import { Section } from '../ui/Page.tsx';
import { Meter } from './Meter.tsx';
import { RouteChart } from './RouteChart.tsx';
import { words } from './words.ts';

/** With its library, when it is looked at. */
const DayChart = lazy(() => import('./DayChart.tsx'));

const PERIODS = [7, 30, 90] as const;
const EVERY = 5000;

type KeyUsage = NonNullable<KeyUsageQuery['apiKey']>['usage'];

/** How much a key is used, as it happens. */
export function Usage({ id }: { id: string }) {
  const { t } = useWords();
  const [days, setDays] = useState<number>(30);
  const loaded = useLoad(KeyUsageDocument, { id, days });
  useWhileVisible(loaded.reload);
  const names = t(words.periods);
  return (
    <Section title={t(words.usage)}>
      <div className="usage-head">
        <Select
          name="days"
          label={t(words.period)}
          options={PERIODS.map((period) => ({ value: String(period), label: names[period] }))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        />
        <span className="row-note">{t(words.live)}</span>
      </div>
      <Await of={loaded}>{({ apiKey }) => (apiKey ? <Charts of={apiKey.usage} /> : null)}</Await>
    </Section>
  );
}

function Charts({ of: usage }: { of: KeyUsage }) {
  const { t } = useWords();
  return (
    <div className="usage">
      <div className="form-row">
        <Meter label={t(words.minute)} of={usage.minute} />
        <Meter label={t(words.day)} of={usage.day} />
      </div>
      <Suspense fallback={<Loading />}>
        <DayChart days={usage.days} total={usage.total} />
      </Suspense>
      <RouteChart routes={usage.routes} />
    </div>
  );
}

/** Calls again and again while somebody may be looking. */
function useWhileVisible(reload: () => void) {
  const tick = useEffectEvent(() => {
    if (document.visibilityState === 'visible' && navigator.onLine) reload();
  });
  useEffect(() => {
    const timer = setInterval(() => tick(), EVERY);
    return () => clearInterval(timer);
  }, []);
}
