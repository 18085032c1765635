/** A short sign for a text, where a cut text must stay apart from others that begin alike. No protection against people who try. */

/** Eight letters and digits; the same text gives the same. */
export function shortHash(text: string): string {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  const sum = 4294967296 * (two & 0x1fffff) + (one >>> 0);
  return sum.toString(36).padStart(11, '0').slice(-8);
}
