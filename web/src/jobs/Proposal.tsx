import type { Member } from '../app/session.tsx';
import { CancelJobDocument, type JobDetailFragment, StartJobDocument } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Notice } from '../ui/Notice.tsx';
import { type Settle, Step } from './Step.tsx';
import { partOf, proposalOf } from './steps.ts';
import { words } from './stepWords.ts';

interface Props {
  of: JobDetailFragment;
  viewer: Member;
  settle: Settle;
}

/** What one side proposes: the other can agree, and who proposed it waits. */
export function Proposal({ of: job, viewer, settle }: Props) {
  const { t, dateTime } = useWords();
  const proposal = proposalOf(job);
  if (!proposal) return null;
  const { step, by } = proposal;
  const isStart = step === 'START';
  if (by.id === viewer.id) {
    return (
      <Notice look="info" title={t(isStart ? words.waitsStart : words.waitsCancel)}>
        <p>{t(isStart ? words.waitsStartText : words.waitsCancelText)}</p>
      </Notice>
    );
  }
  const title = t(isStart ? words.proposedStart : words.proposedCancel)(by.name || by.id);
  // An administrator sees it, and does at once what is up to them.
  if (partOf(job, viewer) === 'admin') return <Notice look="info" title={title} />;
  const take = { ...settle, input: () => ({ id: job.id }) };
  return (
    <Notice look="info" title={title}>
      {isStart ? (
        <>
          <p>{t(words.proposedStartText)(job.scheduledAt ? dateTime(job.scheduledAt) : '')}</p>
          <Step
            {...take}
            step={StartJobDocument}
            label={words.agreeStart}
            look="primary"
            question={{ title: t(words.agreeStartTitle), text: t(words.agreeStartText) }}
          />
        </>
      ) : (
        <>
          <p>{t(words.proposedCancelText)}</p>
          <Step
            {...take}
            step={CancelJobDocument}
            label={words.agreeCancel}
            look="danger"
            question={{ title: t(words.agreeCancelTitle), text: t(words.agreeCancelText), no: t(words.keep) }}
          />
        </>
      )}
    </Notice>
  );
}
