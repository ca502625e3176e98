import { useQuery } from 'urql';

import { JobTypesDocument } from '../graphql/generated.ts';
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
