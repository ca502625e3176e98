import type { ApplicationStatus } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Badge } from '../ui/Badge.tsx';
import { words } from './applicationWords.ts';

const TONES = { PENDING: 'busy', ACCEPTED: 'good', REJECTED: 'bad', WITHDRAWN: 'calm', RELEASED: 'calm' } as const;

export function ApplicationState({ status }: { status: ApplicationStatus }) {
  const { t } = useWords();
  return <Badge tone={TONES[status]}>{t(words.statuses)[status]}</Badge>;
}
