import { type DisputeOutcome, ResolveDisputeDocument } from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { type Settle, Step } from '../jobs/Step.tsx';
import { words } from './words.ts';

/** The two ways in which an administrator ends a dispute. */
export function Decide({ jobId, settle }: { jobId: string; settle: Settle }) {
  const { t } = useWords();
  const reason = { label: t(words.reason), hint: t(words.rulingHint), ...limits.ResolveDisputeInput.reason };
  const take = (outcome: DisputeOutcome, way: 'uphold' | 'annul') => (
    <Step
      {...settle}
      step={ResolveDisputeDocument}
      input={(said) => ({ jobId, outcome, reason: said })}
      label={words[way]}
      question={{ title: t(words[`${way}Title`]), text: t(words[`${way}Text`]), no: t(words.notNow), reason }}
    />
  );
  return (
    <>
      {take('COMPLETED', 'uphold')}
      {take('CANCELLED', 'annul')}
    </>
  );
}
