import { ApplyDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { Section } from '../ui/Page.tsx';
import { words } from './applicationWords.ts';

export function Apply({ jobId, onDone }: { jobId: string; onDone(): void }) {
  const { t } = useWords();
  const apply = useAction(ApplyDocument);

  async function submit(values: FormData) {
    const input = {
      jobId,
      message: textOf(values, 'message'),
      offeredAmount: numberOf(values, 'offeredAmount'),
    };
    if (await apply.run({ input })) onDone();
  }

  return (
    <Section title={t(words.apply)}>
      <GatewayForm
        submit={t(words.apply)}
        pending={apply.pending}
        problem={apply.problem}
        onSubmit={(values) => void submit(values)}
      >
        <Field name="message" label={t(words.message)} maxLength={2000} rows={4} />
        <Field
          name="offeredAmount"
          type="number"
          label={t(words.offer)}
          hint={t(words.offerHint)}
          min={0}
          max={10_000_000}
          step={1}
        />
      </GatewayForm>
    </Section>
  );
}
