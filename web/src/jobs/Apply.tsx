import { useMember } from '../app/session.tsx';
import { ApplyDocument, type ApplicationStatus, type JobDetailFragment } from '../graphql/generated.ts';
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
  /** What became of an application before this one. */
  before: ApplicationStatus | undefined;
  settle: Settle;
}

export function Apply({ of: job, before, settle }: Props) {
  const { t, money } = useWords();
  const { id: jobId } = job;
  const draft = useDraft(useMember().id, `apply.${jobId}`);
  // The gateway alone knows who was turned down for somebody else, and may return: it says so in the form.
  const isUncertain = before === 'REJECTED' || before === 'RELEASED';
  const apply = useAction(ApplyDocument, isUncertain ? undefined : settle.onConflict);

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
    <Section className="apply" title={t(before ? words.applyAgain : words.apply)}>
      {isUncertain ? <p className="muted">{t(words.ifWelcome)}</p> : null}
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
