/**
 * In which language an answer is: the one that is asked for, else that of the shop, as its settings say. Keeps the English of an error, which is how it is thrown, where English is read.
 */
import type { ORPCError } from '@orpc/server';
import type { Problem } from '../../../shared/api.ts';
import '../../../shared/words/all.ts';
import { type Language, languageIn, sayPair } from '../../../shared/words/say.ts';
import type { Store } from '../store/store.ts';
import { type FromSettings, fromSettings } from './from-settings.ts';

export type Speech = Pick<FromSettings<Language>, 'current' | 'stop'> & {
  /** `asked`: the header Accept-Language. */
  of(asked: string | undefined): Language;
};

export async function startSpeech(store: Pick<Store, 'read' | 'onChange'>): Promise<Speech> {
  const { now, current, stop } = await fromSettings(store, ({ language }) => language);
  return { of: (asked) => languageIn(asked) ?? now(), current, stop };
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
