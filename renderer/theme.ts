/** Light, dark, or as the system is; remembered for this screen. */
import { useSyncExternalStore } from 'react';
import { keep, readKept } from './kept.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const keptAs = 'printfloor.theme';
const listeners = new Set<() => void>();

function currentTheme(): Theme {
  const kept = readKept('browser', keptAs);
  return themes.find((theme) => theme === kept) ?? 'auto';
}

function show(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function startTheme(): void {
  show(currentTheme());
}

/** The next of auto, light, dark. */
export function changeTheme(): void {
  const next = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? 'auto';
  keep('browser', keptAs, next);
  show(next);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}
