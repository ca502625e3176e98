import type { CreateJobInput, JobDetailFragment } from '../graphql/generated.ts';
import type { Both } from '../i18n/language.tsx';

/** What a person writes of a job, when it is posted and later. */
export type Written = Required<Omit<CreateJobInput, 'publish'>>;

/** The same of a job that there is; the address is null to whom it does not concern. */
export type Shown = Pick<JobDetailFragment, Exclude<keyof Written, 'district'>> & Pick<Written, 'district'>;

/** The name of each field, in the form, on the page of a job and in its timeline. */
export const fields = {
  title: ['標題', 'Title'],
  description: ['說明', 'Description'],
  jobType: ['類型', 'Type'],
  city: ['縣市', 'City'],
  district: ['行政區', 'District'],
  address: ['地址', 'Address'],
  estimatedAmount: ['報酬', 'Pay'],
  scheduledAt: ['工作時間', 'When the work is to be done'],
  expiresAt: ['應徵截止', 'Applications until'],
} satisfies Record<keyof Written, Both>;
