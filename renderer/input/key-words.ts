/** How a key with Alt is written for people and for readers of screens. */
export function chordWords(key: string): string {
  return `Alt ${key.toUpperCase()}`;
}

export function chordShortcut(key: string): string {
  return `Alt+${key.toUpperCase()}`;
}
