/**
 * What a file name may be. Owns the characters and forms that are safe on Windows, macOS and Linux alike, and the names other
 * programs use while they are still writing. Never looks at a disk.
 */

/** Most bytes (UTF-8) any of the three file systems takes for one name. */
const longestNameBytes = 255;

/** Path separators, the stream sign, wildcards and the rest of what Windows forbids. */
const forbidden = /[<>:"/\\|?*]/u;
/** Control, formatting (bidi overrides, zero-width), lone surrogates, line separators, noncharacters: nobody sees them in a list. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
/** Device names, which Windows takes for the device whatever the extension; the superscript digits count too. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:\.|$)/iu;

/** Length of a text in UTF-8, in bytes. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character);
  return bytes;
}

/** May a file arrive, or be made, under this name? Says nothing about what the name means. */
export function isSafeName(name: string): boolean {
  if (name === '' || /^\.|[. ]$/u.test(name)) return false;
  if (forbidden.test(name) || invisible.test(name) || device.test(name)) return false;
  return countBytes(name) <= longestNameBytes;
}

/**
 * Turns any text into a safe name of at most `maxBytes` (at least 8), in NFC, never empty, and the same again when applied twice.
 * What is safe already stays as it is.
 */
export function safeName(text: string, maxBytes = 200): string {
  const visible = text.normalize('NFC').replaceAll(new RegExp(invisible, 'gu'), (found) => (/\s/u.test(found) ? ' ' : ''));
  // Taking characters out can bring a letter and its accent together: normalise again.
  const clean = visible.replaceAll(new RegExp(forbidden, 'gu'), '_').normalize('NFC');
  const name = trimEnd(cutToBytes(clean.replace(/^(?:[. ]|~\$)+/u, ''), maxBytes));
  if (name === '') return 'unnamed';
  return device.test(name) ? `_${trimEnd(cutToBytes(name, maxBytes - 1))}` : name;
}

/** The longest beginning of `text` that fits into `maxBytes` of UTF-8 without cutting a code point. */
function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

const hiddenEndings = /\.(?:part|partial|filepart|tmp|temp|crdownload|opdownload|download|unconfirmed|aria2|swp|lck|lock)$/iu;
const hiddenNames =
  /^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|\$recycle\.bin|system volume information|@eadir|#recycle|lost\+found|icon\r)$/iu;

/** Names of unfinished files and of the system's own: never an arrival. */
export function isHiddenName(name: string): boolean {
  return /^(?:\.|~\$|~syncthing~)|~$/u.test(name) || hiddenEndings.test(name) || hiddenNames.test(name);
}

/** `Flyer v1.2.PDF` -> `Flyer v1.2` and `PDF`; the extension is empty where the name has none. */
export function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const match = /^(.+)\.([A-Za-z0-9]{1,10})$/su.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? { stem: name, extension: '' } : { stem: match[1], extension: match[2] };
}

function trimEnd(text: string): string {
  return text.replace(/(?<![. ])[. ]+$/u, '');
}

function bytesOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
