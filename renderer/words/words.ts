/**
 * What the screens say, in the language of this screen. Owns which language that is and the words of it; English comes with the page, another is loaded when it
 * is wanted. Until it has come, and where it cannot be had, the words before it stay.
 */
import { create } from 'zustand';
import {
  fill,
  formAt,
  type Language,
  languageIn,
  languages,
  type Plural,
  type SaidValues,
  type ValuesOf,
} from '../../shared/words/form.ts';
import { type Words as HubWords, learn, sentence } from '../../shared/words/say.ts';
import { forget, keep, readKept } from '../kept.ts';
import { en, type Words } from './en.ts';

/** Two tables a language: what the screens say, and what the hub says. */
const others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<readonly [Words, HubWords]>>> = {
  de: async () => [(await import('./de.ts')).de, (await import('../../shared/words/de.ts')).de],
  fr: async () => [(await import('./fr.ts')).fr, (await import('../../shared/words/fr.ts')).fr],
  es: async () => [(await import('./es.ts')).es, (await import('../../shared/words/es.ts')).es],
};

type KeysIn<Part> = {
  [Name in keyof Part & string]: Part[Name] extends string | Plural ? Name : `${Name}.${KeysIn<Part[Name]>}`;
}[keyof Part & string];
/** A sentence of the screens: `job.pieces`. */
export type WordKey = KeysIn<typeof en>;
type At<Part, Key extends string> = Key extends keyof Part
  ? Part[Key]
  : Key extends `${infer Name}.${infer Rest}`
    ? Name extends keyof Part
      ? At<Part[Name], Rest>
      : never
    : never;
/** Of several keys, one of which is said: what any of them takes. */
type Values<Key extends WordKey> = (Key extends unknown ? (values: ValuesOf<At<typeof en, Key>>) => void : never) extends (
  values: infer All,
) => void
  ? All
  : never;
type Taking<Key extends WordKey> = unknown extends Values<Key> ? [] : [values: Values<Key>];

export type Say = <Key extends WordKey>(key: Key, ...values: Taking<Key>) => string;

type Spoken = { readonly language: Language; readonly t: Say };

function sayIn(language: Language, words: Words): Say {
  return (key, ...[values]) => {
    const given = (values ?? {}) as SaidValues;
    const form = formAt(language, words, key, given);
    // A word for something only a newer hub knows: its own name is shown.
    return form === null ? key.slice(key.lastIndexOf('.') + 1) : fill(language, form, given, (inner) => sentence(language, inner));
  };
}

const spoken = create<Spoken>(() => ({ language: 'en', t: sayIn('en', en) }));

const [keptAs, shopKeptAs] = ['printfloor.language', 'printfloor.language.shop'] as const;
const knownIn = (kept: string | null): Language | null => languages.find((language) => language === kept) ?? null;

/** `own`: what was chosen at this screen; null where it speaks as the shop does. */
type Choice = { readonly own: Language | null; readonly shop: Language };
const choice = create<Choice>(() => ({
  own: null,
  // Until the hub has said what the shop speaks, what the person's system speaks is the best there is.
  shop: languageIn(typeof navigator === 'undefined' ? undefined : navigator.languages.join(',')) ?? 'en',
}));

async function speakAsChosen(): Promise<void> {
  const { own, shop } = choice.getState();
  const wanted = own ?? shop;
  if (spoken.getState().language === wanted) return;
  try {
    const [words, hubWords] = wanted === 'en' ? [en, null] : await others[wanted]();
    if (hubWords !== null) learn(wanted, hubWords);
    const { own: ownNow, shop: shopNow } = choice.getState();
    if ((ownNow ?? shopNow) !== wanted) return;
    document.documentElement.lang = wanted;
    spoken.setState({ language: wanted, t: sayIn(wanted, words) });
  } catch {
    // The hub is away, or another version by now: it is asked for again with the next word of it.
  }
}

/** Resolves when the page can be drawn in its language, or that cannot be had. */
export async function startWords(): Promise<void> {
  const shop = knownIn(readKept('browser', shopKeptAs));
  choice.setState({ own: knownIn(readKept('browser', keptAs)), ...(shop !== null && { shop }) });
  document.documentElement.lang = 'en';
  await speakAsChosen();
}

/** What the hub says the shop speaks; asked for again and again, so that words that could not be loaded come in the end. */
export function hearShop(shop: Language): void {
  if (choice.getState().shop !== shop) keep('browser', shopKeptAs, shop);
  choice.setState({ shop });
  void speakAsChosen();
}

/** This screen speaks it from now on, whatever the shop does; null: as the shop does. */
export function speak(own: Language | null): void {
  if (own === null) forget('browser', keptAs);
  else keep('browser', keptAs, own);
  choice.setState({ own });
  void speakAsChosen();
}

/** The words and the language they are in. */
export const useWords = (): Spoken => spoken();
export const useChoice = (): Choice => choice();
/** The same, outside what is drawn. */
export const wordsNow = (): Spoken => spoken.getState();
