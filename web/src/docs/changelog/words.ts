import type { Both } from '../../i18n/language.tsx';

export const words = {
  lead: ['每個版本中，使用者會注意到的變更。', 'What changed for users in each version.'],
} satisfies Record<string, Both>;
