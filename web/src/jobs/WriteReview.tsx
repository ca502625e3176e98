import { useMember } from '../app/session.tsx';
import { WriteReviewDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { useDraft } from '../ui/draft.tsx';
import { Field } from '../ui/Field.tsx';
import { GatewayForm, numberOf, textOf } from '../ui/GatewayForm.tsx';
import { words } from './reviewWords.ts';
import type { Settle } from './Step.tsx';
import { StarsField } from './Stars.tsx';

interface Props {
  jobId: string;
  /** Whom it is about. */
  name: string;
  settle: Settle;
}

/** The form for a review. */
export function WriteReview({ jobId, name, settle }: Props) {
  const { t } = useWords();
  const draft = useDraft(useMember().id, `review.${jobId}`);
  const write = useAction(WriteReviewDocument, settle.onConflict);

  async function submit(values: FormData) {
    const input = { jobId, rating: numberOf(values, 'rating') ?? 0, text: textOf(values, 'text') };
    if (!(await write.run({ input }))) return;
    draft.forget();
    settle.onDone();
  }

  return (
    <>
      <h3>{t(words.write)(name)}</h3>
      <p className="muted">{t(words.sealed)}</p>
      <GatewayForm
        submit={t(words.submit)}
        draft={draft}
        pending={write.pending}
        problem={write.problem}
        onSubmit={(values) => void submit(values)}
      >
        <StarsField name="rating" />
        <Field name="text" label={t(words.text)} hint={t(words.textHint)} {...limits.WriteReviewInput.text} rows={4} />
      </GatewayForm>
    </>
  );
}
