/** Words as they are searched: letters and digits, without case and accents, as fts5's unicode61 reads them on SQLite. Pure. */

/** In the order they stand there. */
export function wordsIn(text: string): string[] {
  // After the accents are gone what is left is put together again: a syllable of Hangul is a letter, not three.
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
  return plain.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
}

/** A text that holds these words in their order, between blanks: those in a row stand in it as they are, the last one as a beginning. */
export function asRow(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}
