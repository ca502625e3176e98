import { useMember } from '../app/session.tsx';
import { ApplyDocument, type JobDetailFragment } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { useDraft } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './applicationWords.ts';
import type { Settle } from './Step.tsx';

const amount = limits.ApplyToJobInput.offeredAmount;

interface Props {
  of: Pick<JobDetailFragment, 'id' | 'estimatedAmount'>;
  /** Whether there was an application before this one. */
  isAgain: boolean;
  settle: Settle;
}

export function Apply({ of: job, isAgain, settle }: Props) {
  const { t, money } = useWords();
  const { id: jobId } = job;
  const draft = useDraft(useMember().id, `apply.${jobId}`);
  const apply = useAction(ApplyDocument, settle.onConflict);

  async function submit(values: FormData) {
    const input = {
      jobId,
      message: textOf(values, 'message'),
      offeredAmount: numberOf(values, 'offeredAmount'),
    };
    if (!(await apply.run({ input }))) return;
    draft.forget();
    settle.onDone();
  }

  return (
    <Section className="apply" title={t(isAgain ? words.applyAgain : words.apply)}>
      {isAgain ? <p className="muted">{t(words.again)}</p> : null}
      <GatewayForm
        submit={t(words.submit)}
        draft={draft}
        pending={apply.pending}
        problem={apply.problem}
        onSubmit={(values) => void submit(values)}
      >
        <Field
          name="message"
          label={t(words.message)}
          hint={t(words.messageHint)}
          {...limits.ApplyToJobInput.message}
          rows={4}
        />
        <Field
          name="offeredAmount"
          type="number"
          label={t(words.offer)}
          hint={t(words.offerHint)(money(job.estimatedAmount))}
          defaultValue={String(job.estimatedAmount)}
          {...amount}
          step={1}
        />
      </GatewayForm>
    </Section>
  );
}
