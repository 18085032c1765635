/**
 * What the hub says of the files of a job, in the language of the screen: a job keeps the English sentence alone, only its history has key and values.
 * Whatever is no such sentence is nobody's of these: a person's own words stay as they were typed. Pure.
 */
import { type Language, say } from '../../shared/words/say.ts';

const keys = ['history.missing', 'history.stillMissing', 'history.moreFiles'] as const;

const hole = '\n';

/** The same sentence in this language; null where it is none of these. */
export function hubReasonIn(language: Language, reason: string): string | null {
  for (const key of keys) {
    const [before = '', after = ''] = say('en', key, { files: hole }).split(hole);
    if (reason.startsWith(before) && reason.endsWith(after) && reason.length > before.length + after.length)
      return say(language, key, { files: reason.slice(before.length, reason.length - after.length) });
  }
  return null;
}
