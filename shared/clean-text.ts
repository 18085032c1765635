/**
 * Takes out of a text what nobody sees and much can be hidden in: control characters and NUL, direction marks, zero-width signs, halves
 * of characters. What is left is in NFC, so that equal words are equal texts.
 */

/** Control, formatting, halves of surrogate pairs, line separators, noncharacters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** One line: a break or a tab becomes a blank. */
export function cleanLine(text: string): string {
  return text.replaceAll(unseen, (found) => (isBreak(found) ? ' ' : '')).normalize('NFC');
}

/** Lines stay lines, a tab stays a tab. */
export function cleanLines(text: string): string {
  const lines = text.replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n');
  return lines.replaceAll(unseen, (found) => (found === '\n' || found === '\t' ? found : '')).normalize('NFC');
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
