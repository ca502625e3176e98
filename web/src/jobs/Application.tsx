import { useState } from 'react';

import { useMember } from '../app/session.tsx';
import {
  AcceptApplicationDocument,
  type ApplicationRowFragment,
  type JobDetailFragment,
  RejectApplicationDocument,
  WithdrawApplicationDocument,
} from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { words } from './applicationWords.ts';

interface Props {
  of: ApplicationRowFragment;
  job: JobDetailFragment;
  onDone(): void;
}

const TONES = { PENDING: 'busy', ACCEPTED: 'good', REJECTED: 'bad', WITHDRAWN: 'calm' } as const;

export function Application({ of: application, job, onDone }: Props) {
  const { t, money, relative } = useWords();
  const viewer = useMember();
  const { applicant, status, offeredAmount } = application;
  const isPending = status === 'PENDING';
  return (
    <li className="application">
      <div className="row-main">
        <span className="row-title">{applicant.name || applicant.id}</span>
        <span className="row-note">
          {[applicant.email, applicant.phone, relative(application.createdAt)].filter(Boolean).join(' · ')}
        </span>
        {application.message ? <p className="prose">{application.message}</p> : null}
      </div>
      <span>{offeredAmount === null ? t(words.asEstimated) : money(offeredAmount)}</span>
      <Badge tone={TONES[status]}>{t(words.statuses)[status]}</Badge>
      {isPending && applicant.id === viewer.id ? <Withdraw id={application.id} onDone={onDone} /> : null}
      {isPending && job.owner.id === viewer.id ? <Decide of={application} onDone={onDone} /> : null}
    </li>
  );
}

function Withdraw({ id, onDone }: { id: string; onDone(): void }) {
  const { t } = useWords();
  const withdraw = useAction(WithdrawApplicationDocument);
  async function take() {
    if (await withdraw.run({ input: { id } })) onDone();
  }
  return (
    <div className="actions">
      <Button isPending={withdraw.pending} onPress={() => void take()}>
        {t(words.withdraw)}
      </Button>
      {withdraw.problem ? <ProblemNotice problem={withdraw.problem} /> : null}
    </div>
  );
}

function Decide({ of: { id, applicant }, onDone }: Pick<Props, 'of' | 'onDone'>) {
  const { t } = useWords();
  const accept = useAction(AcceptApplicationDocument);
  const reject = useAction(RejectApplicationDocument);
  const [asking, setAsking] = useState(false);

  async function take(action: typeof accept | typeof reject) {
    if (!(await action.run({ input: { id } }))) return;
    setAsking(false);
    onDone();
  }

  return (
    <div className="actions">
      <Button look="primary" onPress={() => setAsking(true)}>
        {t(words.accept)}
      </Button>
      <Button isPending={reject.pending} onPress={() => void take(reject)}>
        {t(words.reject)}
      </Button>
      {reject.problem ? <ProblemNotice problem={reject.problem} /> : null}
      {asking ? (
        <Confirm
          title={t(words.acceptTitle)}
          submit={t(words.accept)}
          pending={accept.pending}
          problem={accept.problem}
          onConfirm={() => void take(accept)}
          onClose={() => setAsking(false)}
        >
          <p>{t(words.acceptText)(applicant.name || applicant.id)}</p>
        </Confirm>
      ) : null}
    </div>
  );
}
