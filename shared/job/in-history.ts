/**
 * Sentences that the history says by itself. The English of one is the reason of its event, as ever; its key and its values stand in the event's data, so that
 * it can be read in any language. Sentences of earlier versions, and people's own, stay text. Pure.
 */
import type { JobEvent, NewEvent } from '../event.ts';
import { isReasonCode, reasonWords } from '../reason.ts';
import { type Language, type Said, type SaidValue, type SaidValues, sentence } from '../words/say.ts';

type Data = JobEvent['data'];

/** `more`: what else the event tells. */
export function inHistory({ key, values }: Said, more: Data = {}): Required<Pick<NewEvent, 'reason' | 'data'>> {
  return { reason: sentence('en', { key, values }), data: { ...more, ...(values as Data), said: key } };
}

/**
 * Why, in the language of whoever reads it. A key that does not say what is written is not believed: whoever sends an event can send one with it.
 *
 * @param readWhy a person's own reason within the sentence, where it may be known in other languages
 */
export function historyWords(
  language: Language,
  { reason, data }: Pick<JobEvent, 'reason' | 'data'>,
  readWhy: (why: string) => string = (why) => why,
): string | null {
  const { said: key, problem, reasonCode, name } = data;
  if (reason === null) return null;
  if (typeof key === 'string') {
    const values = valuesIn(data);
    const { why } = values;
    const read = typeof why === 'string' ? { ...values, why: readWhy(why) } : values;
    if (sentence('en', { key, values }) === reason) return sentence(language, { key, values: read }) ?? reason;
  }
  // Earlier versions wrote the name of a file before some.
  const before = typeof name === 'string' && reason.startsWith(`${name}: `) ? `${name}: ` : '';
  const what = reason.slice(before.length);
  const code = [problem, reasonCode].find((one) => typeof one === 'string' && isReasonCode(one) && reasonWords('en', one).what === what);
  return typeof code === 'string' && isReasonCode(code) ? before + reasonWords(language, code).what : reason;
}

/** What of an event's data can stand in a sentence: texts, numbers, and sentences with their own. */
function valuesIn(data: Readonly<Record<string, unknown>>): SaidValues {
  return Object.fromEntries(Object.entries(data).flatMap(([name, value]) => (isSaidValue(value) ? [[name, value]] : [])));
}

function isSaidValue(value: unknown): value is SaidValue {
  if (typeof value === 'string' || typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null || !('key' in value && 'values' in value)) return false;
  const { key, values } = value;
  return typeof key === 'string' && typeof values === 'object' && values !== null && Object.values(values).every(isSaidValue);
}
