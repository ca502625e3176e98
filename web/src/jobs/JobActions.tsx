import { useState } from 'react';

import type { Member } from '../app/session.tsx';
import {
  CancelJobDocument,
  CompleteJobDocument,
  type JobDetailFragment,
  PublishJobDocument,
  StartJobDocument,
} from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { stepsOf } from './steps.ts';
import { words } from './words.ts';

interface Props {
  of: JobDetailFragment;
  viewer: Member;
  onDone(): void;
}

/** The steps that the reader may take with a job as it is. */
export function JobActions({ of: job, viewer, onDone }: Props) {
  const { t } = useWords();
  const publish = useAction(PublishJobDocument);
  const start = useAction(StartJobDocument);
  const complete = useAction(CompleteJobDocument);
  const actions = { publish, start, complete };

  async function take(step: keyof typeof actions) {
    if (await actions[step].run({ input: { id: job.id } })) onDone();
  }

  return (
    <>
      {stepsOf(job, viewer).map((step) => {
        if (step === 'cancel') return <Cancel key={step} of={job} onDone={onDone} />;
        if (step === 'edit') {
          return (
            <LinkButton key={step} to={`/jobs/${job.id}/edit`}>
              {t(words.edit)}
            </LinkButton>
          );
        }
        return (
          <Button key={step} look="primary" isPending={actions[step].pending} onPress={() => void take(step)}>
            {t(words[step])}
          </Button>
        );
      })}
      {Object.values(actions).map(({ problem }, index) =>
        problem ? <ProblemNotice key={index} problem={problem} /> : null,
      )}
    </>
  );
}

function Cancel({ of: job, onDone }: Pick<Props, 'of' | 'onDone'>) {
  const { t } = useWords();
  const cancel = useAction(CancelJobDocument);
  const [asking, setAsking] = useState(false);

  async function confirm() {
    if (!(await cancel.run({ input: { id: job.id } }))) return;
    setAsking(false);
    onDone();
  }

  return (
    <>
      <Button look="danger" onPress={() => setAsking(true)}>
        {t(words.cancel)}…
      </Button>
      {asking ? (
        <Confirm
          title={t(words.cancel)}
          submit={t(words.cancel)}
          look="danger"
          pending={cancel.pending}
          problem={cancel.problem}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          <p>{t(words.cancelText)}</p>
        </Confirm>
      ) : null}
    </>
  );
}
