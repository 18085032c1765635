/**
 * What a file name says, and the name a file gets. Reads order and job out of a name by the shop's patterns, and makes the name
 * for a hot folder from its template. A name that could be read two ways says nothing: a wrong job is worse than a new one.
 */

import { cleanLine } from './clean-text.ts';
import { plainDigits } from './job-number.ts';
import { countBytes, cutToBytes, safeName, splitName } from './safe-name.ts';
import { shortHash } from './short-hash.ts';
import { type Said, said } from './words/say.ts';

export { isHiddenName, isSafeName, safeName, splitName } from './safe-name.ts';

export type JobName = {
  readonly order: string;
  readonly job: string;
  /** The type letter of web-to-print names, in the case it came in. */
  readonly letter: string | null;
  readonly rest: string;
};

const partForms = {
  letter: '(?<letter>[A-Za-z])',
  job: '(?<job>[0-9]{1,18}[A-Za-z]?)',
  rest: '(?<rest>.+)',
} as const;

type PatternPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'field'; readonly field: string };

/**
 * Order and job in a file name, by the first of the patterns that fits; null when the name says nothing. Leading zeros stay:
 * `1001-02` is job `02`.
 */
export function parseJobName(fileName: string, patterns: readonly string[]): JobName | null {
  const { stem } = splitName(plainDigits(fileName.normalize('NFC')));
  for (const pattern of patterns) {
    const found = compiled(pattern)?.exec(stem) ?? null;
    const { order, job, letter, rest } = found?.groups ?? {};
    if (order === undefined || job === undefined || !isOrder(order, letter !== undefined)) continue;
    const { order: [start] = [0], job: [, end] = [0, 0] } = found?.indices?.groups ?? {};
    if (letter === undefined && isPartOfDate(stem, start, end)) continue;
    return { order, job, letter: letter ?? null, rest: rest ?? '' };
  }
  return null;
}

/** What is wrong with a name pattern, in a sentence; null when it is good. */
export function checkPattern(pattern: string): Said | null {
  const parts = splitPattern(pattern);
  const fields = parts.filter((part) => part.kind === 'field').map((part) => part.field);
  const unknown = fields.find((field) => field !== 'order' && !Object.hasOwn(partForms, field));
  if (unknown !== undefined) return said('phrases.patternUnknown', { field: `{${unknown}}` });
  if (parts.some((part) => part.kind === 'text' && /[{}/\\]/u.test(part.text))) return said('phrases.patternBraces');
  if (!fields.includes('order') || !fields.includes('job')) return said('phrases.patternFields');
  if (new Set(fields).size < fields.length) return said('phrases.patternTwice');
  if (parts.some((part, index) => part.kind === 'field' && parts[index + 1]?.kind === 'field')) return said('phrases.patternJoined');
  return null;
}

/** Does the name begin with LETTER_ORDER_JOB_ (letter in either case) for exactly this order and job? */
export function keepsContract(fileName: string, order: string, job: string): boolean {
  return /^[A-Za-z]$/u.test(fileName.charAt(0)) && fileName.startsWith(`_${order}_${job}_`, 1);
}

export type NameParts = {
  readonly order: string;
  readonly job: string;
  readonly title: string | null;
  readonly product: string | null;
  readonly quantity: number | null;
  readonly letter: string | null;
  readonly version: number;
  /** The name the file came under, without extension. */
  readonly name: string;
};

const templateFields: readonly string[] = [
  'name',
  'order',
  'job',
  'title',
  'product',
  'quantity',
  'letter',
  'version',
] satisfies (keyof NameParts)[];

/** Fields whose text may be cut. The others tell two files apart, and stay whole as long as there is any other way. */
const longFields: ReadonlySet<string> = new Set(['name', 'title', 'product'] satisfies (keyof NameParts)[]);

/**
 * The name of a file in a hot folder. Always safe and at most `maxBytes` (at least 60) with its extension; what the job does not have
 * stays empty. In a name that is too long the free texts are cut, never order, job or version, and a sign made of the whole name
 * stands at its end: names that differ whole differ cut.
 *
 * @param extension without the dot; empty for none
 * @param maxBytes what the disk takes: 255 on most, 143 on encrypted network shares. Less leaves room for what printers add
 */
export function renderName(template: string, job: NameParts, extension: string, maxBytes = 200): string {
  const ending = extension === '' ? '' : `.${extension.replaceAll(/[^A-Za-z0-9]/gu, '').slice(0, 10) || 'bin'}`;
  const room = maxBytes - countBytes(ending);
  const whole = safeName(fillTemplate(template, job, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  if (countBytes(whole) <= room) return whole + ending;
  const sign = `~${shortHash(whole)}`;
  const cut = (most: number): string => safeName(fillTemplate(template, job, most), Number.MAX_SAFE_INTEGER) + sign;
  let fits = 0;
  let tooLong = room;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (countBytes(cut(middle)) <= room) fits = middle;
    else tooLong = middle;
  }
  const name = cut(fits);
  return (countBytes(name) <= room ? name : safeName(whole, room - countBytes(sign)) + sign) + ending;
}

/** No free text longer than `most` bytes. */
function fillTemplate(template: string, job: NameParts, most: number): string {
  const values = new Map(
    Object.entries(job).map(([field, value]) => {
      const text = String(value ?? '');
      return [field, longFields.has(field) ? (most > text.length * 3 ? text : cutToBytes(cleanLine(text), most).trimEnd()) : text];
    }),
  );
  return template.replaceAll(/\{([a-z]+)\}/gu, (_, field: string) => values.get(field) ?? '');
}

/** What is wrong with a file-name template, in a sentence; null when it is good. */
export function checkTemplate(template: string): Said | null {
  const parts = splitPattern(template);
  const unknown = parts.find((part) => part.kind === 'field' && !templateFields.includes(part.field));
  if (unknown?.kind === 'field')
    return said('phrases.templateUnknown', { field: `{${unknown.field}}`, fields: `{${templateFields.join('}, {')}}` });
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  if (/[{}]/u.test(text)) return said('phrases.templateBrace');
  if (/[/\\]/u.test(text)) return said('phrases.templatePath');
  if (safeName(`x${text}x`) !== `x${text}x`) return said('phrases.templateWindows');
  if (!parts.some((part) => part.kind === 'field' && ['name', 'order', 'title'].includes(part.field))) return said('phrases.templateSame');
  return null;
}

/** Year first or year last, one sign between the parts. */
const dates =
  /(?<![0-9])(?:(?:19|20)[0-9]{2}([-_.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])|(?:0?[1-9]|[12][0-9]|3[01])([-_.])(?:0?[1-9]|1[0-2])\2(?:19|20)[0-9]{2})(?![0-9])/gu;

function splitPattern(pattern: string): PatternPart[] {
  return pattern
    .split(/(\{[A-Za-z]+\})/u)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[A-Za-z]+\}$/u.test(piece) ? { kind: 'field', field: piece.slice(1, -1) } : { kind: 'text', text: piece }));
}

/** Patterns are few and asked for each file. */
const known = new Map<string, RegExp | null>();
const mostKnown = 100;

/** Null for a pattern that is no good. */
function compiled(pattern: string): RegExp | null {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const form = checkPattern(pattern) === null ? patternToRegExp(pattern) : null;
  known.set(pattern, form);
  return form;
}

function patternToRegExp(pattern: string): RegExp {
  const parts = splitPattern(pattern);
  const source = parts.map((part, index) => {
    if (part.kind === 'text') return part.text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
    return part.field === 'order' ? orderForm(parts.slice(index + 1)) : partForms[part.field as keyof typeof partForms];
  });
  return new RegExp(`^${source.join('')}$`, 'dsu');
}

/** Where the same sign also parts job and rest, the order must not contain it, or nobody could tell where the order ends. */
function orderForm(following: readonly PatternPart[]): string {
  const signs = following.map((part) => (part.kind === 'text' ? part.text.charAt(0) : ''));
  const inner = ['.', '_', '-'].filter((sign) => signs.indexOf(sign) === signs.lastIndexOf(sign));
  return `(?<order>[\\p{L}0-9][\\p{L}0-9${inner.join('')}]{0,59})`;
}

/**
 * Any order has a digit. Without the type letter, which nobody writes by chance, an order of several parts also has a letter and
 * ends in a number (W2P-778), and is no paper size or version (`A5-2 pages` is no order A5) and no half of the letter form.
 */
function isOrder(order: string, hasLetter: boolean): boolean {
  if (hasLetter) return /[0-9]/u.test(order);
  if (/(?:^|[._-])(?:[abc](?:[0-9]|10)|v[0-9]+)$/iu.test(order)) return false;
  if (/^[A-Za-z]_/u.test(order)) return false;
  if (!/[._-]/u.test(order)) return /[0-9]/u.test(order);
  return /\p{L}/u.test(order) && /[._-]\p{L}?[0-9]+$/u.test(order);
}

/** `2026-11-24 scan` is a day, not job 24 of order 2026-11. */
function isPartOfDate(stem: string, start: number, end: number): boolean {
  return [...stem.matchAll(dates)].some((date) => date.index < end && date.index + date[0].length > start);
}
