/**
 * What the hub says of the files of a job, in the language of the screen: a job keeps the English sentence alone, only its history has key and values.
 * Whatever is no such sentence is nobody's of these: a person's own words stay as they were typed. Pure.
 */
import { recallMissing } from '../../shared/words/recall.ts';
import { type Language, sentence } from '../../shared/words/say.ts';

/** The same sentence in this language; null where it is none of these. */
export function hubReasonIn(language: Language, reason: string): string | null {
  const said = recallMissing(reason);
  return said === null ? null : sentence(language, said);
}
