/**
 * What the hub says: a key of the table with the values it takes, in one of four languages. Never translates a value: names, numbers of jobs and words of the
 * system stay as they are. English is always there; the hub has all four from its start (all.ts), a page gets another when it is wanted.
 */
import { en } from './en.ts';
import {
  fill,
  formAt,
  type Language,
  type Plural,
  type Said,
  type SaidValues,
  type ValuesIn,
  type ValuesOf,
  type Widened,
} from './form.ts';

export { type Language, languageIn, languages, type Said, type SaidValue, type SaidValues } from './form.ts';

type Table = typeof en;
type Pair = { readonly what: string | Plural; readonly todo: string };

/** What every language must say. */
export type Words = Widened<Table>;

const tables = new Map<Language, Words>([['en', en]]);

/** From now on this language is said in its own words. One that was never learned is said in English. */
export function learn(language: Language, words: Words): void {
  tables.set(language, words);
}

type Section = keyof Table;
/** A sentence with what to do: `refusals.noSuchFile`. */
export type PairKey = {
  [Of in Section]: keyof Table[Of] extends infer Name extends string
    ? Table[Of][Name & keyof Table[Of]] extends Pair
      ? `${Of}.${Name}`
      : never
    : never;
}[Section];
type SingleKey = {
  [Of in Section]: keyof Table[Of] extends infer Name extends string
    ? Table[Of][Name & keyof Table[Of]] extends Pair
      ? never
      : `${Of}.${Name}`
    : never;
}[Section];
/** One sentence: `history.fileArrived`, `refusals.noSuchFile.what`. */
export type SentenceKey = SingleKey | `${PairKey}.what` | `${PairKey}.todo`;

type AllIn<Part> = Part extends Pair ? ValuesOf<Part['what']> & ValuesIn<Part['todo']> : ValuesOf<Part>;
type At<Key extends string> = Key extends `${infer Of}.${infer Name}.${infer Half}`
  ? Of extends Section
    ? Name extends keyof Table[Of]
      ? Table[Of][Name][Half & keyof Table[Of][Name]]
      : never
    : never
  : Key extends `${infer Of}.${infer Name}`
    ? Of extends Section
      ? Table[Of][Name & keyof Table[Of]]
      : never
    : never;
type Values<Key extends string> = AllIn<At<Key>>;
type Taking<Key extends string> = unknown extends Values<Key> ? [] : [values: Values<Key>];

/** A key with the values it takes. */
export function said<Key extends PairKey | SentenceKey>(key: Key, ...[values]: Taking<Key>): Said {
  return { key, values: (values ?? {}) as SaidValues };
}

/** The sentence of a key with its values. */
export function say<Key extends SentenceKey>(language: Language, key: Key, ...[values]: Taking<Key>): string {
  return sentence(language, { key, values: (values ?? {}) as SaidValues }) ?? key;
}

/** What is wrong, and what to do; null where only a newer version knows the key. */
export function sayPair(language: Language, { key, values }: Said): { readonly what: string; readonly todo: string } | null {
  const [what, todo] = [sentence(language, { key: `${key}.what`, values }), sentence(language, { key: `${key}.todo`, values })];
  return what === null || todo === null ? null : { what, todo };
}

/** The sentence of a pair that says what is wrong. */
export function whatOf({ key, values }: Said): Said {
  return { key: `${key}.what`, values };
}

/** One sentence as it was kept or sent; null where only a newer version knows the key. */
export function sentence(language: Language, { key, values }: Said): string | null {
  const spoken = tables.has(language) ? language : 'en';
  const form = formAt(spoken, tables.get(spoken), key, values);
  return form === null ? null : fill(spoken, form, values, (inner) => sentence(language, inner));
}
