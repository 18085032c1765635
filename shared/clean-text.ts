/**
 * Takes out of a text what nobody sees and much can be hidden in: control characters and NUL, direction marks, zero-width signs, halves
 * of characters, and more accents on one letter than anybody writes. What is left is in NFC, so that equal words are equal texts.
 */

/** Control, formatting, halves of surrogate pairs, line separators, noncharacters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const mostAccents = 30;
/** Accents on one letter beyond those anybody writes. Composing compares each with all before it: of a hundred thousand, for minutes. */
const tower = new RegExp(`(\\p{M}{${mostAccents}})\\p{M}+`, 'gu');

function lowered(text: string): string {
  return text.length <= mostAccents ? text : text.replaceAll(tower, '$1');
}

/** Once more behind it, since some accents become two. */
function composed(text: string): string {
  return lowered(lowered(text).normalize('NFC'));
}

/** One line: a break or a tab becomes a blank. */
export function cleanLine(text: string): string {
  return composed(text.replaceAll(unseen, (found) => (isBreak(found) ? ' ' : '')));
}

/** Lines stay lines, a tab stays a tab. */
export function cleanLines(text: string): string {
  const lines = text.replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n');
  return composed(lines.replaceAll(unseen, (found) => (found === '\n' || found === '\t' ? found : '')));
}

/** Plain JSON with all its texts cleaned, keys as well. */
export function cleanJson<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanLines(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanLine(key), cleaned(item)]));
}

function isBreak(found: string): boolean {
  return found === '\u0085' || (/\s/u.test(found) && found !== '\ufeff');
}
