import type { Both } from '../i18n/language.tsx';
import { words } from './words.ts';

const FIELDS: Record<string, Both> = {
  title: words.title,
  description: words.description,
  jobType: words.type,
  city: words.city,
  address: words.address,
  estimatedAmount: words.amountShort,
  scheduledAt: words.scheduledAt,
  expiresAt: words.expiresAt,
};

/** The name of a job's field as its form writes it. */
export function fieldName(field: string): Both {
  return FIELDS[field] ?? [field, field];
}
