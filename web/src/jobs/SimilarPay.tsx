import { useQuery } from 'urql';

import { SimilarPayDocument } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { useSettled } from '../ui/settled.ts';
import { words } from './words.ts';

interface Props {
  jobType: string;
  /** Empty while none is known. */
  city: string;
}

/** What others offer for such work; nothing where too few do. */
export function SimilarPay({ jobType, city }: Props) {
  const { t, money, number } = useWords();
  const asked = { jobType: useSettled(jobType), city: useSettled(city) };
  const [{ data, fetching }] = useQuery({
    query: SimilarPayDocument,
    variables: asked,
    requestPolicy: 'cache-first',
    pause: !asked.jobType || !asked.city,
  });
  // What is told is told of what the form says now, or not at all.
  const isNow = !fetching && asked.jobType === jobType && asked.city === city;
  const pay = isNow && jobType && city ? data?.similarPay : null;
  return (
    <p className="hint similar-pay" aria-live="polite">
      {pay ? t(words.similarPay)(rangeOf(pay, money, number), money(pay.median), number(pay.count)) : null}
    </p>
  );
}

function rangeOf({ low, high }: { low: number; high: number }, money: Told, number: Told): string {
  return low === high ? money(low) : `${money(low)}–${number(high)}`;
}

type Told = (amount: number) => string;
