import { useState } from 'react';

import type { CreateJobInput } from '../graphql/generated.ts';
import type { Problem } from '../graphql/problem.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import type { Draft } from '../ui/draft.tsx';
import { GatewayForm } from '../ui/GatewayForm.tsx';
import { jobInput } from './JobFields.tsx';
import { PostSteps } from './PostSteps.tsx';
import { LAST, stepWith } from './postSteps.ts';
import { useCities } from './usePlaces.ts';
import { words } from './words.ts';

interface Props {
  draft: Draft;
  pending: boolean;
  problem: Problem | null;
  isVisitor: boolean;
  onSend(input: CreateJobInput): void;
}

/** A job in four short steps; what was written is kept from the first key on. */
export function PostForm({ draft, pending, problem, isVisitor, onSend }: Props) {
  const { t } = useWords();
  const { cities } = useCities();
  const [step, setStep] = useState(0);
  const [told, setTold] = useState<Problem | null>(null);
  const [input, setInput] = useState<ReturnType<typeof jobInput> | null>(null);
  if (problem !== told) {
    setTold(problem);
    if (problem) setStep(stepWith(Object.keys(problem.fields)));
  }

  function submit(values: FormData) {
    const written = jobInput(values, cities);
    if (step === LAST) {
      onSend({ ...written, publish: !values.has('draft') });
      return;
    }
    setInput(written);
    setStep(step + 1);
  }

  const isLast = step === LAST;
  return (
    <div className="card">
      <GatewayForm
        draft={draft}
        pending={pending}
        problem={problem}
        onSubmit={submit}
        buttons={
          <>
            <Button type="submit" look="primary" isPending={pending}>
              {t(isLast ? words.publish : words.next)}
            </Button>
            {isLast ? (
              <Button type="submit" name="draft" value="yes" isDisabled={pending}>
                {t(words.saveDraft)}
              </Button>
            ) : null}
            {step ? (
              <Button look="quiet" onPress={() => setStep(step - 1)}>
                {t(words.stepBack)}
              </Button>
            ) : null}
          </>
        }
      >
        <PostSteps step={step} input={input} isVisitor={isVisitor} />
      </GatewayForm>
    </div>
  );
}
