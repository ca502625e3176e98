import { useQuery } from 'urql';

import { type JobFilter, JobTypeCountsDocument, JobTypesDocument } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import type { Option } from '../ui/Choice.tsx';

/** The types of jobs in the reader's language; they are asked for once. */
export function useJobTypes(): { options: Option[]; label(slug: string): string } {
  const { language } = useWords();
  const [{ data }] = useQuery({ query: JobTypesDocument, variables: {}, requestPolicy: 'cache-first' });
  const options = (data?.jobTypes ?? []).map((type) => ({
    value: type.slug,
    label: language === 'en' ? type.labelEn : type.labelZh,
  }));
  // Nothing until the names are there: a slug is no word for readers.
  const label = (slug: string) => options.find(({ value }) => value === slug)?.label ?? (data ? slug : '');
  return { options, label };
}

interface CountedType extends Option {
  count?: number;
}

/**
 * The types with how many jobs each would find. That is dear: it is asked for when the filter changes only,
 * and not while words are looked for, which costs three times as much.
 */
export function useCountedJobTypes(filter: JobFilter): CountedType[] {
  const { options } = useJobTypes();
  const pause = filter.search !== undefined;
  const [{ data }] = useQuery({
    query: JobTypeCountsDocument,
    variables: { filter },
    requestPolicy: 'cache-first',
    pause,
  });
  if (!data || pause) return options;
  const counts = new Map(data.jobs.facets.jobType.map(({ value, count }) => [value, count]));
  return options.map((option) => ({ ...option, count: counts.get(option.value) ?? 0 }));
}
