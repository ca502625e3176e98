import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';

import { gatewayAddress } from '../../base.ts';
import { type Problem, UNREACHABLE } from '../../graphql/problem.ts';
import { useWords } from '../../i18n/language.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { accessOf, callOf, type Credentials, curlOf, type Schemes, type Values } from './call.ts';
import type { Operation } from './openapi.ts';
import { type Reply, send } from './reply.ts';
import { ReplyView } from './ReplyView.tsx';
import { Sample } from './Sample.tsx';
import { firstValues, TryFields } from './TryFields.tsx';
import { words } from './words.ts';

export interface TryProps {
  of: Operation;
  schemes: Schemes;
  credentials: Credentials;
  onToken(token: string): void;
}

/** Sends an operation with what is filled in, and shows the same for a shell. */
export function Try({ of, schemes, credentials, onToken }: TryProps) {
  const { t } = useWords();
  const [values, setValues] = useState<Values>(() => firstValues(of));
  const [pending, setPending] = useState(false);
  const [reply, setReply] = useState<Reply | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const call = callOf(of, values, accessOf(of, schemes, credentials), gatewayAddress());
  async function run() {
    setPending(true);
    setProblem(null);
    setReply(null);
    await send(call).then(setReply, () => setProblem(UNREACHABLE));
    setPending(false);
  }
  const retry = () => form.current?.requestSubmit();
  return (
    <details className="rest-try">
      <summary>{t(words.tryIt)}</summary>
      <Form
        ref={form}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void run();
        }}
      >
        <TryFields of={of} values={values} onChange={setValues} />
        <div className="actions">
          <Button type="submit" look="primary" isPending={pending}>
            {t(words.send)}
          </Button>
          {of.method === 'GET' ? null : <span className="row-note">{t(words.changes)}</span>}
        </div>
      </Form>
      {problem ? <ProblemNotice problem={problem} onRetry={retry} /> : null}
      {reply ? <ReplyView id={of.id} reply={reply} onToken={onToken} onRetry={retry} /> : null}
      <Sample title={t(words.curl)} label={`${of.id} · curl`} text={curlOf(call)} />
    </details>
  );
}
