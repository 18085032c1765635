/**
 * In which language an answer is: the one that is asked for, else that of the shop, which stands in the settings alone and is read anew whenever they change,
 * whoever changes them. Keeps the English of an error, which is how it is thrown, where English is read.
 */
import type { ORPCError } from '@orpc/server';
import type { Problem } from '../../../shared/api.ts';
import '../../../shared/words/all.ts';
import { type Language, languageIn, sayPair } from '../../../shared/words/say.ts';
import type { Store } from '../store/store.ts';

export type Speech = {
  /** `asked`: the header Accept-Language. */
  of(asked: string | undefined): Language;
  /** Resolves when what is in the settings by now is what is spoken. */
  current(): Promise<void>;
  stop(): void;
};

export async function startSpeech(store: Pick<Store, 'read' | 'onChange'>): Promise<Speech> {
  let shop: Language = (await store.read.settings()).language;
  let reading = Promise.resolve();
  const read = async (): Promise<void> => {
    try {
      shop = (await store.read.settings()).language;
    } catch {
      // What cannot be read now has been read before.
    }
  };
  const stop = store.onChange(({ settings }) => {
    if (settings) reading = reading.then(read);
  });
  return { of: (asked) => languageIn(asked) ?? shop, current: () => reading, stop };
}

/** The same error in this language, where it says by which key. */
export function inLanguage<Code extends string>(
  error: ORPCError<Code, Omit<Problem, 'code' | 'message'>>,
  language: Language,
): ORPCError<Code, Omit<Problem, 'code' | 'message'>> {
  const { code, data } = error.toJSON();
  const { key, values = {} } = data;
  const words = key === undefined || language === 'en' ? null : sayPair(language, { key, values });
  if (words === null) return error;
  const Kind = error.constructor as typeof ORPCError;
  return new Kind(code, { status: error.status, message: words.what, data: { ...data, whatToDo: words.todo } });
}
