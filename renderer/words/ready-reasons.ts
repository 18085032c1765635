/**
 * The ready-made reasons, whichever language they were picked in: what a button said is shown in the language of the screen, a person's own
 * text stays as it was typed. Pure.
 */
import type { Language } from '../../shared/words/say.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';

/** Those the page has words in. */
const tables: Readonly<Partial<Record<Language, Words>>> = { en, de };

function readyReasons({ action }: Words): readonly string[] {
  return [...Object.values(action.reasons).flat(), action.chooseFolder];
}

/** The same reason in the language of the screen. */
export function reasonIn(language: Language, reason: string): string {
  for (const words of Object.values(tables)) {
    const at = readyReasons(words).indexOf(reason);
    if (at >= 0) return readyReasons(tables[language] ?? en)[at] ?? reason;
  }
  return reason;
}
