/**
 * A sentence as a table has it, and the values it takes: `{name}` as it is, `{n:number}` and `{at:time}` (ISO 8601) as the language writes them, and
 * `{x:said}`, which is said itself (`{x:Said}` with a capital, `{x:stem}` without its full stop). `{{name}}` is written as `{name}`. One that counts has two
 * forms, and `count` chooses. Shared by the tables of hub and page. Pure.
 */
import { numberFormat, pluralRules, timeFormat } from './formats.ts';

export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];
/** As each calls itself: who cannot read the others finds his own. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' };

export type Plural = { readonly one: string; readonly other: string };

/** What every language must say, where the first says `Part`. A sentence that counts says so in each. */
export type Widened<Part> = Part extends string ? string : { readonly [Name in keyof Part]: Widened<Part[Name]> };

/** A key with its values, as it is kept and sent; a newer version may have others. A value may itself be said. */
export type Said = { readonly key: string; readonly values: SaidValues };
export type SaidValues = { readonly [name: string]: SaidValue };
export type SaidValue = string | number | Said;

type ValueOf<Kind extends string> = Kind extends 'number'
  ? number
  : Kind extends 'time'
    ? string
    : Kind extends 'said' | 'Said' | 'stem'
      ? Said
      : SaidValue;
export type ValuesIn<Text> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? (Slot extends `{${string}`
      ? unknown
      : Slot extends `${infer Name}:${infer Kind}`
        ? { readonly [Key in Name]: ValueOf<Kind> }
        : { readonly [Key in Slot]: SaidValue }) &
      ValuesIn<Rest>
  : unknown;
/** The values of a sentence, or of one that counts. */
export type ValuesOf<Form> = Form extends Plural ? ValuesIn<Form['other']> & { readonly count: number } : ValuesIn<Form>;

/** What stands at `key` in a table, the right one of two forms; null where nothing that is said does. */
export function formAt(language: Language, table: unknown, key: string, values: SaidValues): string | null {
  let at: unknown = table;
  for (const step of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  if (typeof at === 'string') return at;
  if (!isPlural(at)) return null;
  const count = values['count'];
  return pluralRules(language, {}).select(typeof count === 'number' ? count : 0) === 'one' ? at.one : at.other;
}

function isPlural(at: unknown): at is Plural {
  return typeof at === 'object' && at !== null && 'one' in at && 'other' in at;
}

/** The form with its values in it; `inner` says a value that is itself said. */
export function fill(language: Language, form: string, values: SaidValues, inner: (said: Said) => string | null): string {
  return form.replaceAll(/\{\{(\w+)\}\}|\{(\w+)(?::(\w+))?\}/gu, (_, written?: string, name = '', kind?: string) => {
    if (written !== undefined) return `{${written}}`;
    const value = values[name];
    if (value === undefined) return '–';
    if (typeof value === 'object') return saidAs(language, inner(value) ?? value.key, kind);
    if (kind === 'number' && typeof value === 'number') return numberFormat(language, {}).format(value);
    return kind === 'time' ? timeIn(language, String(value)) : String(value);
  });
}

function saidAs(language: Language, words: string, kind: string | undefined): string {
  if (kind === 'Said') return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
  return kind === 'stem' ? words.replace(/\.$/u, '') : words;
}

/** In UTC, and says so: who reads it may be anywhere. */
function timeIn(language: Language, at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  if (language === 'en') return `${at.slice(0, 16).replace('T', ' ')} UTC`;
  const form = timeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
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
