import { recall, remember } from './memory.ts';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === recall('theme')) ?? 'system';
}

/** ui/tokens.css has the colours of each. */
export function applyTheme(theme: Theme): void {
  remember('theme', theme === 'system' ? null : theme);
  document.documentElement.dataset['theme'] = theme;
}
