import { useEffect, useRef, useState } from 'react';

import { useWords } from '../../i18n/language.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { pretty, type Reply, tokenOf } from './reply.ts';
import { Sample } from './Sample.tsx';
import { words } from './words.ts';

interface Props {
  id: string;
  reply: Reply;
  onToken(token: string): void;
  onRetry(): void;
}

/** What came back: how it went, its headers and its body. */
export function ReplyView({ id, reply, onToken, onRetry }: Props) {
  const { t } = useWords();
  const { status, reason, milliseconds, limits, headers, body } = reply;
  const token = tokenOf(reply);
  const name = `${status} ${reason}`.trim();
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers return a promise, which React would take for the end of the effect.
    void view.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={view} className="rest-reply">
      <div className="actions">
        <h4>{t(words.answer)}</h4>
        <Badge tone={toneOf(status)}>{name}</Badge>
        <span className="row-note" role="status">
          {t(words.took)(name, milliseconds)}
        </span>
      </div>
      <Wait reply={reply} onRetry={onRetry} />
      {token === null ? null : <UseToken token={token} onUse={onToken} />}
      <Headers of={limits} />
      <details>
        <summary>{t(words.otherHeaders)(headers.length)}</summary>
        <Headers of={headers} />
      </details>
      {body ? (
        <Sample title={t(words.answerBody)} label={`${id} · ${t(words.answerBody)}`} text={pretty(body)} />
      ) : (
        <p className="row-note">{t(words.emptyBody)}</p>
      )}
    </div>
  );
}

function Headers({ of }: { of: Reply['headers'] }) {
  return (
    <dl className="rest-headers">
      {of.map(([header, value]) => (
        <div key={header}>
          <dt>
            <code>{header}</code>
          </dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function toneOf(status: number): 'good' | 'busy' | 'bad' {
  if (status < 300) return 'good';
  return status < 500 ? 'busy' : 'bad';
}

/** Counts down to when it is worth another try. */
function Wait({ reply: { status, retryAfter }, onRetry }: { reply: Reply; onRetry(): void }) {
  const { t } = useWords();
  const [problem] = useState({ code: String(status), message: t(words.limited), fields: {}, retryAfter });
  return retryAfter === null ? null : <ProblemNotice problem={problem} onRetry={onRetry} />;
}

function UseToken({ token, onUse }: { token: string; onUse(token: string): void }) {
  const { t } = useWords();
  const [used, setUsed] = useState(false);
  return (
    <div className="actions">
      <Button
        onPress={() => {
          onUse(token);
          setUsed(true);
        }}
      >
        {t(words.useToken)}
      </Button>
      <span role="status">{used ? t(words.tokenUsed) : ''}</span>
    </div>
  );
}
