/**
 * What an English sentence on record says, as a key with its values. The small print beside a reason (what lay there, what a disk or a printer reported) is kept as
 * text, since programs read it and most of it is the system's own; what of it is ours is known again by the form it has in the English table, whoever wrote it
 * and when. Reads a text once for each form, however long it is. Pure.
 */
import { en } from './en.ts';
import type { Said, SaidValue } from './form.ts';
import { type Language, sentence } from './say.ts';

type Form = {
  readonly key: string;
  /** What stands between its values, from the first sign to the last. */
  readonly between: readonly string[];
  readonly slots: readonly { readonly name: string; readonly kind: string }[];
  /** Of one that counts, the form of one. */
  readonly isOne: boolean;
};

function formOf(key: string, text: string, isOne = false): Form {
  const slots = [...text.matchAll(/\{(\w+)(?::(\w+))?\}/gu)].map(([, name = '', kind = '']) => ({ name, kind }));
  return { key, slots, isOne, between: text.split(/\{\w+(?::\w+)?\}/u) };
}

function formsIn(section: string, table: Readonly<Record<string, unknown>>): Form[] {
  return Object.entries(table).flatMap(([name, part]): Form[] => {
    const key = `${section}.${name}`;
    if (typeof part === 'string') return [formOf(key, part)];
    const { one, other, what } = part as Readonly<Record<string, string | undefined>>;
    if (one !== undefined && other !== undefined) return [formOf(key, one, true), formOf(key, other)];
    return what === undefined ? [] : [formOf(`${key}.what`, what)];
  });
}

const { sameFolder, liesInFolder } = en.refusals;
/** Those that read like another one stand behind it: what says most is tried first. */
const found: readonly Form[] = [
  ...formsIn('found', en.found),
  ...formsIn('rejections', en.rejections),
  ...formsIn('refusals', { sameFolder, liesInFolder }),
  ...formsIn('phrases', en.phrases),
]
  .filter(({ between }) => between.join('').length >= 5)
  .toSorted((a, b) => b.between.join('').length - a.between.join('').length);
const ofMissing: readonly Form[] = formsIn('history', {
  missing: en.history.missing,
  stillMissing: en.history.stillMissing,
  moreFiles: en.history.moreFiles,
});
const ofHistory: readonly Form[] = [...ofMissing, ...formsIn('history', en.history)].filter(({ between }) => between.join('').length >= 5);
const faults: readonly Form[] = formsIn('faults', en.faults).filter(({ between }) => between.join('').trim().length >= 5);

/** What these say in the table of what was found is counted: something else in their place makes it another sentence. */
const counted: ReadonlySet<string> = new Set(['bytes', 'expected', 'of', 'at', 'most', 'says', 'count', 'seconds']);

/** Nothing of ours is nested deeper: a name, a reason, a fault. */
const deepest = 4;

/** The values of this form in the text; null where it has another. */
function readAs({ key, between, slots, isOne }: Form, text: string, depth: number): Said['values'] | null {
  const [first = '', ...rest] = between;
  if (!text.startsWith(first)) return null;
  let at = first.length;
  const values: Record<string, SaidValue> = isOne ? { count: 1 } : {};
  for (const [index, { name, kind }] of slots.entries()) {
    const behind = rest[index] ?? '';
    const isLast = index === slots.length - 1;
    const end = isLast ? text.length - behind.length : behind === '' ? -1 : text.indexOf(behind, at);
    if (end <= at || (isLast && !text.endsWith(behind))) return null;
    const value = slotValue(text.slice(at, end), kind, name, depth);
    if (value === null || (typeof value !== 'number' && counted.has(name) && key.startsWith('found.'))) return null;
    values[name] = value;
    at = end + behind.length;
  }
  return at === text.length ? values : null;
}

/** What is to be a sentence must be one of ours, or the whole is not. */
function slotValue(text: string, kind: string, name: string, depth: number): SaidValue | null {
  if (kind === 'said' || kind === 'stem') return recallIn(found, text, depth + 1);
  if (kind === 'Said') return recallIn(found, text.charAt(0).toLowerCase() + text.slice(1), depth + 1);
  if (name === 'raw') return recallIn(found, text, depth + 1) ?? text;
  return /^(?:0|[1-9]\d{0,14})$/u.test(text) ? Number(text) : text;
}

function recallIn(forms: readonly Form[], text: string, depth = 0): Said | null {
  if (depth > deepest) return null;
  for (const form of forms) {
    const values = readAs(form, text, depth);
    if (values !== null && sentence('en', { key: form.key, values }) === text) return { key: form.key, values };
  }
  return forms === found ? aboutIn(text, depth) : null;
}

/** `SourceChanged: changed while it was read`, `flyer.pdf: CopyDiffers: ...`: a code or a name, and what is said of it. */
function aboutIn(text: string, depth: number): Said | null {
  const at = text.indexOf(': ');
  const raw = at < 1 ? null : recallIn(found, text.slice(at + 2), depth + 1);
  return raw === null ? null : { key: 'found.about', values: { about: text.slice(0, at), raw } };
}

/** What the small print says; null where it is the system's own words, a printer's or a person's. */
export function recallFound(text: string | null): Said | null {
  return text === null || text === '' ? null : recallIn(found, text);
}

/** The small print in this language, where it is ours. */
export function foundIn(language: Language, text: string): string {
  const said = language === 'en' ? null : recallFound(text);
  return said === null ? text : (sentence(language, said) ?? text);
}

/** What the hub said of a job, which keeps the English alone. */
export function recallHistory(text: string): Said | null {
  return recallIn(ofHistory, text);
}

/** Of these alone it is certain that no person says them so. */
export function recallMissing(text: string): Said | null {
  return recallIn(ofMissing, text);
}

/** What the schemas say of a value they do not take. */
export function recallFault(text: string): Said | null {
  return recallIn(faults, text);
}
