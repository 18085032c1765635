/**
 * What the program says: a key of the table with the values it takes, in one of four languages. Owns the languages and how values are written in them;
 * never translates a value: names, numbers of jobs and words of the system stay as they are. Pure.
 */
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

type Table = typeof en;
type Plural = { readonly one: string; readonly other: string };
type Pair = { readonly what: string | Plural; readonly todo: string };

type Widened<Part> = Part extends string ? string : { readonly [Name in keyof Part]: Widened<Part[Name]> };
/** What every language must say. A sentence that counts says so in each. */
export type Words = Widened<Table>;

const tables: Readonly<Record<Language, Words>> = { en, de, fr, es };

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

/** A key with its values, as it is kept and sent; a newer version may have others. A value may itself be said. */
export type Said = { readonly key: string; readonly values: SaidValues };
export type SaidValues = { readonly [name: string]: SaidValue };
export type SaidValue = string | number | Said;

/** `{name}`: as it is. `{n:number}`, `{at:time}` (ISO 8601): as the language writes them. `{x:said}`, with a capital `{x:Said}`, without its full stop `{x:stem}`. */
type ValueOf<Kind extends string> = Kind extends 'number'
  ? number
  : Kind extends 'time'
    ? string
    : Kind extends 'said' | 'Said' | 'stem'
      ? Said
      : string | number;
type ValuesIn<Text> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? (Slot extends `{${string}`
      ? unknown
      : Slot extends `${infer Name}:${infer Kind}`
        ? { readonly [Key in Name]: ValueOf<Kind> }
        : { readonly [Key in Slot]: string | number }) &
      ValuesIn<Rest>
  : unknown;
type AllIn<Part> = Part extends string
  ? ValuesIn<Part>
  : Part extends Plural
    ? ValuesIn<Part['other']> & { readonly count: number }
    : Part extends Pair
      ? AllIn<Part['what']> & ValuesIn<Part['todo']>
      : unknown;
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

/** One sentence as it was kept or sent; null where only a newer version knows the key. */
export function sentence(language: Language, { key, values }: Said): string | null {
  const form = formOf(language, key, values);
  return form === null ? null : filled(language, form, values);
}

function formOf(language: Language, key: string, values: SaidValues): string | null {
  let at: unknown = tables[language];
  for (const step of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  if (typeof at === 'string') return at;
  if (!isPlural(at)) return null;
  const count = values['count'];
  return new Intl.PluralRules(language).select(typeof count === 'number' ? count : 0) === 'one' ? at.one : at.other;
}

function isPlural(at: unknown): at is Plural {
  return typeof at === 'object' && at !== null && 'one' in at && 'other' in at;
}

function filled(language: Language, form: string, values: SaidValues): string {
  return form.replaceAll(/\{\{(\w+)\}\}|\{(\w+)(?::(\w+))?\}/gu, (_, written?: string, name = '', kind?: string) =>
    written === undefined ? valueIn(language, values[name], kind) : `{${written}}`,
  );
}

function valueIn(language: Language, value: SaidValue | undefined, kind: string | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'object') {
    const words = sentence(language, value) ?? value.key;
    if (kind === 'Said') return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
    return kind === 'stem' ? words.replace(/\.$/u, '') : words;
  }
  if (kind === 'number' && typeof value === 'number') return new Intl.NumberFormat(language).format(value);
  return kind === 'time' ? timeIn(language, String(value)) : String(value);
}

/** In UTC, and says so: who reads it may be anywhere. */
function timeIn(language: Language, at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  if (language === 'en') return `${at.slice(0, 16).replace('T', ' ')} UTC`;
  const form = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `${form.format(time)} UTC`;
}

/** The one of ours that is asked for first, as browsers and programs ask (`de-CH,de;q=0.9,en;q=0.8`); null where none is. */
export function languageIn(asked: string | undefined): Language | null {
  const wanted = (asked ?? '')
    .slice(0, 500)
    .split(',')
    .map((one) => {
      const [range = '', ...more] = one
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/u);
      const weight = Number(more.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
      return { name: range.split('-')[0], weight: Number.isNaN(weight) ? 0 : weight };
    });
  const [first] = wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ name }) => languages.filter((language) => language === name));
  return first ?? null;
}
