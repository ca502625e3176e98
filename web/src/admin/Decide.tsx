import { type DisputeOutcome, ResolveDisputeDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { type Settle, Step } from '../jobs/Step.tsx';
import { words } from './words.ts';

interface Props {
  of: { readonly id: string; readonly title: string };
  settle: Settle;
}

/** The two ways in which an administrator ends a dispute. */
export function Decide({ of: job, settle }: Props) {
  const { t } = useWords();
  const reason = { label: t(words.reason), hint: t(words.rulingHint), ...limits.ResolveDisputeInput.reason };
  const take = (outcome: DisputeOutcome, way: 'uphold' | 'annul') => (
    <Step
      {...settle}
      step={ResolveDisputeDocument}
      input={(said) => ({ jobId: job.id, outcome, reason: said })}
      label={words[way]}
      question={{
        title: t(words[`${way}Title`])(job.title || job.id),
        text: t(words[`${way}Text`]),
        no: t(words.notNow),
        reason,
      }}
    />
  );
  return (
    <>
      {take('COMPLETED', 'uphold')}
      {take('CANCELLED', 'annul')}
    </>
  );
}
