import type { ReputationFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { shownAverage } from './reviews.ts';
import { words } from './reviewWords.ts';

/** What a person is known by, in a line; empty if nothing is known. */
export function useReputation(): (person: ReputationFragment) => string {
  const { t, number, total } = useWords();
  return ({ rating, completedJobs }) => {
    const stars = rating && t(words.rating)(shownAverage(rating.average), number(rating.count));
    const done = completedJobs ? t(words.done)(total(completedJobs)) : null;
    return [stars, done].filter(Boolean).join(' · ');
  };
}
