/**
 * The log of the hub: the only way a line gets into it. A line is a template of ours with values in it (log`Rejected ${name}: ${reasonCode}`), and each value
 * is escaped here, whatever it is: no name, path or sender's text can begin a line, end one, or look like our words. Never given a token.
 */

/** Longer values are cut: a log is for reading. */
const mostSigns = 1000;

/** What needs no quotes: nothing in it can be taken for words of ours. */
const plainWord = /^[\w.+-]{1,64}$/;

/** Control signs, signs nobody sees, direction marks, ends of lines: as `\u{...}`. Pure. */
function escapeUnseen(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

function quote(text: string): string {
  const cut = text.length > mostSigns ? `${text.slice(0, mostSigns)}...` : text;
  return plainWord.test(cut) ? cut : escapeUnseen(JSON.stringify(cut));
}

function sayValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Error) return quote(value.name === 'Error' ? value.message : `${value.name}: ${value.message}`);
  return quote(String(value));
}

/** One line of the template and its values, each said as `say` does. Pure. */
export function lineWith(say: (value: unknown) => string, words: TemplateStringsArray, values: readonly unknown[]): string {
  return words.map((word, at) => (at === 0 ? word : `${say(values[at - 1])}${word}`)).join('');
}

/** One line of the template and its values. Pure. */
export function lineOf(words: TemplateStringsArray, ...values: readonly unknown[]): string {
  return lineWith(sayValue, words, values);
}

/** A sentence that is whole already, on one line whatever is in it. Pure. */
export function oneLine(sentence: string): string {
  return escapeUnseen(sentence);
}

/** Where a fault of our own happened, for a line about it: our own places only, nothing of what was sent. Pure. */
export function framesOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  // The message stands before the frames, and may have lines of its own
  const from = error.stack.indexOf(error.message);
  const below = from < 0 ? '' : error.stack.slice(from + error.message.length);
  const frames = below.split('\n').flatMap((line) => /^ {4}at (.+)$/.exec(line)?.[1] ?? []);
  return escapeUnseen(frames.slice(0, 10).join(' < '));
}

export type Log = (words: TemplateStringsArray, ...values: readonly unknown[]) => void;

export function makeLog(write: (line: string) => void): Log {
  return (words, ...values) => write(lineOf(words, ...values));
}
