/** What a ticket says besides, by the names the screens have for it: the usual ones in the language of the reader, all others as they are written. Pure. */
import type { Say } from './words.ts';

const known = { size: 'folders.rule.condition.size', material: 'folders.rule.condition.material' } as const;

export function attributeWords(name: string, t: Say): string {
  const usual = name.trim().toLowerCase();
  return usual === 'size' || usual === 'material' ? t(known[usual]) : name;
}
