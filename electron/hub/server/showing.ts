/** How a shape is shown in part: each of its fields is named, those of inner shapes too, or the compiler refuses. What nobody named is left out. Pure. */
import type { Right } from '../../../shared/api.ts';
import { withoutAddresses } from '../../../shared/contact.ts';
import type { Said, SaidValues } from '../../../shared/words/say.ts';
import { lastName, withoutPaths } from './without-paths.ts';

export type Sees = ReadonlySet<Right>;
export type Show<Value> = (value: Value, sees: Sees) => Value;

type Plain = string | number | boolean | null | undefined;
/** As it is (`true`), which is only for what has no fields of its own, or as this makes it; `undefined` leaves an optional one out. */
type Way<Value> = [Value] extends [Plain | readonly Plain[]] ? true | Show<Value> : Show<Value>;
type Fields<Value> = { readonly [Field in keyof Required<Value>]: Way<Value[Field]> };

export function showing<Value extends object>(fields: Fields<Value>): Show<Value> {
  const ways = fields as Readonly<Record<string, true | Show<unknown> | undefined>>;
  return (value, sees) => {
    const shown = Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      const way = ways[name];
      const told = way === true ? field : way?.(field, sees);
      return told === undefined ? [] : [[name, told]];
    });
    return Object.fromEntries(shown) as Value;
  };
}

export function each<Value>(show: Show<Value>): Show<Value[]> {
  return (values, sees) => values.map((value) => show(value, sees));
}

export function orNull<Value>(show: Show<Value>): Show<Value | null> {
  return (value, sees) => (value === null ? null : show(value, sees));
}

export function orNone<Value>(show: Show<Value>): Show<Value | undefined> {
  return (value, sees) => (value === undefined ? undefined : show(value, sees));
}

/** Texts or numbers by names that others gave, or a list of ours has. */
export function byName<Value extends Readonly<Partial<Record<string, string | number>>>>(value: Value): Value {
  return value;
}

export const path: Show<string> = (value, sees) => (sees.has('paths') ? value : lastName(value));
export const words: Show<string> = (value, sees) => (sees.has('paths') ? value : withoutPaths(value));
export const raw: Show<string | null> = orNull(words);
/** Left out for whoever may not see where things lie. */
export const ownPath = (value: string | undefined, sees: Sees): string | undefined => (sees.has('paths') ? value : undefined);
/** A name of somebody; whoever may not see e-mail addresses does not see those that are taken for names either. */
export const person = (value: string | undefined, sees: Sees): string | undefined =>
  value === undefined || sees.has('contacts') ? value : withoutAddresses(value);
export const contact = (value: string | undefined, sees: Sees): string | undefined => (sees.has('contacts') ? value : undefined);
/** Each as a sentence is: a value may be a path, or a word of the system that quotes one. */
export const saidValues: Show<SaidValues> = (values, sees) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? words(value, sees)
        : typeof value === 'number'
          ? value
          : { ...value, values: saidValues(value.values, sees) },
    ]),
  );
export const said: Show<Said> = (value, sees) => ({ ...value, values: saidValues(value.values, sees) });
/** What the raw words say, as far as these are shown. */
export const found = orNone(orNull(said));
