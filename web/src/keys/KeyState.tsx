import type { KeyRowFragment } from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { Badge } from '../ui/Badge.tsx';
import { words } from './words.ts';

const TONES = { ACTIVE: 'good', EXPIRED: 'busy', REVOKED: 'calm' } as const;

export function KeyState({ of: { state } }: { of: KeyRowFragment }) {
  const { t } = useWords();
  return <Badge tone={TONES[state]}>{t(words.states)[state]}</Badge>;
}
