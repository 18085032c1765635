/** In which language an answer is: the one that is asked for, else that of the shop. Keeps the English of an error, which is how it is thrown, where English is read. */
import type { ORPCError } from '@orpc/server';
import type { Problem } from '../../../shared/api.ts';
import { type Language, languageIn, sayPair } from '../../../shared/words/say.ts';

export type Speech = {
  /** `asked`: the header Accept-Language. */
  of(asked: string | undefined): Language;
  /** The shop speaks this one from now on. */
  learn(language: Language): void;
};

export function makeSpeech(first: Language): Speech {
  let shop = first;
  return {
    of: (asked) => languageIn(asked) ?? shop,
    learn: (language) => {
      shop = language;
    },
  };
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
