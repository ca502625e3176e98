import { useState } from 'react';

import { below } from '../base.ts';
import { type ApiKeyRequestOutcome, KeyRequestsDocument, type KeyRequestsQuery } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Chips } from '../ui/Chips.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './words.ts';

type Request = NonNullable<KeyRequestsQuery['apiKey']>['recentRequests'][number];

/** Rows that are shown before somebody asks for all. */
const FIRST = 20;
const FAILED = 'failed';

const ENDINGS = {
  ANSWERED: ['good', 'answered'],
  CLIENT_ERROR: ['busy', 'clientErrors'],
  REFUSED: ['busy', 'refused'],
  SERVER_ERROR: ['bad', 'serverErrors'],
} as const satisfies Record<ApiKeyRequestOutcome, unknown>;

/** The last requests with a key. They come anew only when asked for: rows that are read must not move. */
export function Requests({ id }: { id: string }) {
  const { t } = useWords();
  const loaded = useLoad(KeyRequestsDocument, { id });
  const [only, setOnly] = useState('');
  return (
    <Section title={t(words.recent)}>
      <p className="row-note">{t(words.recentText)}</p>
      <div className="usage-head">
        <Chips
          label={t(words.show)}
          options={[{ value: FAILED, label: t(words.failedOnly) }]}
          value={only}
          onChange={setOnly}
        />
        <Button onPress={loaded.reload} isPending={loaded.loading && loaded.data !== undefined}>
          {t(words.refresh)}
        </Button>
      </div>
      <Await of={loaded}>
        {({ apiKey }) => <List of={apiKey?.recentRequests ?? []} onlyFailed={only === FAILED} />}
      </Await>
    </Section>
  );
}

function List({ of: requests, onlyFailed }: { of: readonly Request[]; onlyFailed: boolean }) {
  const { t, number } = useWords();
  const [isWhole, setWhole] = useState(false);
  const found = onlyFailed ? requests.filter((request) => request.outcome !== 'ANSWERED') : requests;
  if (!found.length) return <Empty title={t(onlyFailed && requests.length ? words.noFailed : words.noRecent)} />;
  return (
    <>
      <ul className="list requests">
        {found.slice(0, isWhole ? undefined : FIRST).map((request, index) => (
          <Row key={`${request.requestId} ${index}`} of={request} />
        ))}
      </ul>
      {isWhole || found.length <= FIRST ? null : (
        <div className="actions">
          <Button onPress={() => setWhole(true)}>{t(words.showAll)(number(found.length))}</Button>
        </div>
      )}
    </>
  );
}

function Row({ of: request }: { of: Request }) {
  const { t, exact, number } = useWords();
  const [tone, ending] = ENDINGS[request.outcome];
  const { status } = request;
  const facts = [
    status === null ? 'WebSocket' : status === 499 ? t(words.left) : `HTTP ${status}`,
    `${number(request.durationMs)} ms`,
  ];
  return (
    <li>
      <div className="row-main">
        <span>
          <code className="row-title">{request.route}</code>{' '}
          {request.operation ? <code className="row-note">{request.operation}</code> : null}
        </span>
        <span className="row-note">
          <time dateTime={request.at}>{exact(request.at)}</time> · {facts.join(' · ')}
          {request.code ? (
            <>
              {' '}
              · <a href={below(`/docs/errors#${request.code}`)}>{request.code}</a>
            </>
          ) : null}
        </span>
        {request.outcome === 'ANSWERED' ? null : (
          <span className="row-note">
            {t(words.requestId)}: <code>{request.requestId}</code>
          </span>
        )}
      </div>
      <Badge tone={tone}>{t(words.endings)[ending]}</Badge>
    </li>
  );
}
