/** What of a text was found by what somebody typed: as the hub searches, each word is the beginning of a word, with its accents or without. Pure. */

/** Letters without their marks, as far as they change nothing but how a letter is accented. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLocaleLowerCase();
}

const word = /[\p{L}\p{N}\p{M}]+/gu;

export function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).map(folded).filter(Boolean);
}

export type Piece = { readonly text: string; readonly hit: boolean };

/** How much of a word its beginning is, once both are folded; 0: it is none. */
function hitLength(written: string, asked: readonly string[]): number {
  const longest = Math.max(0, ...asked.filter((one) => folded(written).startsWith(one)).map((one) => one.length));
  let length = 0;
  for (const sign of written.normalize('NFC')) {
    if (folded(written.slice(0, length)).length >= longest) break;
    length += sign.length;
  }
  return longest === 0 ? 0 : length;
}

/** A text in pieces, those that were typed marked. */
export function piecesOf(text: string, q: string): readonly Piece[] {
  const asked = wordsOf(q);
  const whole = text.normalize('NFC');
  const pieces: Piece[] = [];
  const add = (piece: string, hit: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, hit });
  };
  let from = 0;
  for (const { 0: written, index } of whole.matchAll(word)) {
    const length = hitLength(written, asked);
    if (length === 0) continue;
    add(whole.slice(from, index), false);
    add(whole.slice(index, index + length), true);
    from = index + length;
  }
  add(whole.slice(from), false);
  return pieces;
}
