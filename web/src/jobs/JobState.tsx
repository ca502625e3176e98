import type { JobStatus } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Badge } from '../ui/Badge.tsx';
import { words } from './words.ts';

const TONES = {
  DRAFT: 'calm',
  PUBLISHED: 'good',
  PAUSED: 'calm',
  ASSIGNED: 'busy',
  IN_PROGRESS: 'busy',
  REPORTED_DONE: 'busy',
  DISPUTED: 'bad',
  COMPLETED: 'calm',
  CANCELLED: 'bad',
  EXPIRED: 'calm',
} as const;

export function JobState({ status }: { status: JobStatus }) {
  const { t } = useWords();
  return <Badge tone={TONES[status]}>{t(words.statuses)[status]}</Badge>;
}
