import { useEffect, useState } from 'react';

import { below } from '../../base.ts';
import { useWords } from '../../i18n/language.tsx';
import { Loading } from '../../ui/Await.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Table } from '../Table.tsx';
import { type Quota, quotas } from './headers.ts';
import { words } from './words.ts';

/** What the gateway tells a visitor of the limits that count the question. */
export function Live() {
  const { t, number } = useWords();
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Quota[] | 'failed'>();
  useEffect(() => {
    let current = true;
    const tell = (next: Quota[] | 'failed') => current && setFound(next);
    ask().then(tell, () => tell('failed'));
    return () => {
      current = false;
    };
  }, [round]);
  const again = <Button onPress={() => setRound(round + 1)}>{t(words.again)}</Button>;
  if (!found) return <Loading />;
  if (found === 'failed') {
    return (
      <Notice look="problem" title={t(words.unreachable)}>
        {again}
      </Notice>
    );
  }
  const rows = found.map(({ policy, limit, window, remaining }) => [
    `\`${policy}\``,
    number(limit),
    t(words.seconds)(number(window)),
    number(remaining),
  ]);
  const head = [t(words.policy), t(words.allowed), t(words.window), t(words.remaining)];
  return (
    <>
      <Table label={t(words.live)} head={head} rows={rows} />
      <div className="actions">{again}</div>
    </>
  );
}

async function ask(): Promise<Quota[]> {
  const response = await fetch(below('/graphql'), {
    method: 'POST',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ rateLimit(dryRun: true) { cost } }' }),
  });
  const found = quotas(response.headers);
  if (!found.length) throw new Error(`${response.status} tells no limits`);
  return found;
}
