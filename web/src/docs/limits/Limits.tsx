import { useWords } from '../../i18n/language.tsx';
import { Article } from '../Article.tsx';
import { Sample } from '../code/Sample.tsx';
import { Prose } from '../Prose.tsx';
import { Table } from '../Table.tsx';
import { words as shared } from '../words.ts';
import { SETTINGS } from './defaults.ts';
import { Live } from './Live.tsx';
import { useRows } from './rows.ts';
import { words } from './words.ts';

export default function Limits() {
  const { t, number } = useWords();
  const { requests, headers, sizes, sockets, prices } = useRows();
  const { limit_query_cost: one, limit_cost_per_minute: minute } = SETTINGS;
  const parts = [
    {
      id: 'live',
      title: t(words.live),
      body: (
        <>
          <Prose>{t(words.liveText)}</Prose>
          <Live />
        </>
      ),
    },
    {
      id: 'requests',
      title: t(words.requests),
      body: (
        <>
          <Prose>{t(words.requestsText)}</Prose>
          <Table label={t(words.requests)} head={[t(words.name), t(words.what), t(words.perDefault)]} rows={requests} />
          <Prose>{t(words.guesses)}</Prose>
        </>
      ),
    },
    {
      id: 'cost',
      title: t(words.costTitle),
      body: (
        <>
          <Prose>{t(words.costText)}</Prose>
          <Prose>{t(words.costLimits)(number(one), number(minute))}</Prose>
          <Prose>{t(words.costWork)}</Prose>
        </>
      ),
    },
    {
      id: 'prices',
      title: t(words.prices),
      sub: true,
      body: <Table label={t(words.prices)} head={[t(words.field), t(words.points)]} rows={prices} />,
    },
    {
      id: 'dry-run',
      title: t(words.dryRun),
      sub: true,
      body: (
        <>
          <Prose>{t(words.dryRunText)}</Prose>
          <Sample name="rate-limit" title={t(words.dryRun)} />
        </>
      ),
    },
    {
      id: 'headers',
      title: t(words.headers),
      body: (
        <>
          <Table label={t(words.headers)} head={[t(words.header), t(words.meaning)]} rows={headers} />
          <Prose>{t(words.headersText)}</Prose>
        </>
      ),
    },
    {
      id: 'sizes',
      title: t(words.sizes),
      body: <Table label={t(words.sizes)} head={[t(words.what), t(words.perDefault)]} rows={sizes} />,
    },
    {
      id: 'sockets',
      title: t(words.sockets),
      body: <Table label={t(words.sockets)} head={[t(words.what), t(words.perDefault)]} rows={sockets} />,
    },
  ];
  return <Article title={t(shared.limits)} lead={t(words.lead)} parts={parts} />;
}
