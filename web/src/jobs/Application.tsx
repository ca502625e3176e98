import { useMember } from '../app/session.tsx';
import {
  AcceptApplicationDocument,
  type ApplicationRowFragment,
  type JobDetailFragment,
  RejectApplicationDocument,
  WithdrawApplicationDocument,
} from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { ApplicationState } from './ApplicationState.tsx';
import { words } from './applicationWords.ts';
import { Person } from './Person.tsx';
import { type Settle, Step } from './Step.tsx';

interface Props {
  of: ApplicationRowFragment;
  job: JobDetailFragment;
  settle: Settle;
}

export function Application({ of: application, job, settle }: Props) {
  const { t, money, relative } = useWords();
  const viewer = useMember();
  const { id, applicant, status, offeredAmount, message, releaseReason } = application;
  const isPending = status === 'PENDING';
  const take = { input: () => ({ id }), ...settle };
  const name = applicant.name || applicant.id;
  return (
    <li className="application">
      <div className="application-head">
        <Person of={applicant} />
        <span className="application-offer">
          {offeredAmount === null || offeredAmount === job.estimatedAmount
            ? t(words.asAsked)(money(job.estimatedAmount))
            : t(words.offers)(money(offeredAmount))}
        </span>
      </div>
      {message ? <p className="prose">{message}</p> : null}
      {releaseReason ? <p className="prose muted">{t(words.releasedBecause)(releaseReason)}</p> : null}
      <div className="job-state">
        <ApplicationState status={status} />
        <span className="row-note">{t(words.sent)(relative(application.createdAt))}</span>
      </div>
      {isPending && applicant.id === viewer.id ? (
        <div className="actions">
          <Step
            {...take}
            step={WithdrawApplicationDocument}
            label={words.withdraw}
            question={{ title: t(words.withdrawTitle), text: t(words.withdrawText) }}
          />
        </div>
      ) : null}
      {isPending && job.owner.id === viewer.id ? (
        <div className="actions">
          <Step
            {...take}
            step={AcceptApplicationDocument}
            label={words.accept}
            look="primary"
            question={{
              title: t(words.acceptTitle),
              text: t(words.acceptText)(name, money(offeredAmount ?? job.estimatedAmount)),
            }}
          />
          <Step
            {...take}
            step={RejectApplicationDocument}
            label={words.reject}
            question={{ title: t(words.rejectTitle), text: t(words.rejectText)(name) }}
          />
        </div>
      ) : null}
    </li>
  );
}
