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

function isBreak(found: string): boolean {
  return found === '\u0085' || (/\s/u.test(found) && found !== '\ufeff');
}
