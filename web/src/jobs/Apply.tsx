import { useMember } from '../app/session.tsx';
import { ApplyDocument } from '../graphql/generated.ts';
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
  jobId: string;
  /** After an application that was taken back. */
  again: boolean;
  settle: Settle;
}

export function Apply({ jobId, again, settle }: Props) {
  const { t, number } = useWords();
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
    <Section title={t(again ? words.applyAgain : words.apply)}>
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
          hint={t(words.offerHint)(number(amount.min), number(amount.max))}
          {...amount}
          step={1}
        />
      </GatewayForm>
    </Section>
  );
}
