/**
 * What a file name may be. Owns the characters and forms that are safe on Windows, macOS and Linux alike, and the names other
 * programs use while they are still writing. Never looks at a disk.
 */

import { cleanLine } from './clean-text.ts';
import { shortHash } from './short-hash.ts';

/** Most bytes (UTF-8) any of the three file systems takes for one name. */
const longestNameBytes = 255;

/** Path separators, the stream sign, wildcards and the rest of what Windows forbids. */
const forbidden = /[<>:"/\\|?*]/u;
/** Control, formatting (bidi overrides, zero-width), lone surrogates, line separators, noncharacters: nobody sees them in a list. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
/** Those of them that people write: joiners in emoji and Persian, soft hyphens, direction marks. They lie in no wait and are taken out. */
const harmless = /[\u00ad\u061c\u200c-\u200f\u2060-\u2064\u{e0020}-\u{e007f}]/gu;
/** Device names, which Windows takes for the device whatever the extension; the superscript digits count too. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:\.|$)/iu;

/** Length of a text in UTF-8, in bytes. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character);
  return bytes;
}

/** Is there anything in a name that nobody sees and nobody writes by the way? */
export function hidesSigns(name: string): boolean {
  return invisible.test(name.replaceAll(harmless, ''));
}

/** May a file arrive under this name? Says nothing about what the name means. */
export function isSafeName(name: string): boolean {
  if (name === '' || /^\.|[. ]$/u.test(name)) return false;
  if (forbidden.test(name) || hidesSigns(name) || device.test(name)) return false;
  return countBytes(name) <= longestNameBytes;
}

/**
 * Turns any text into a safe name of at most `maxBytes` (at least 8), in NFC, never empty, and the same again when applied twice.
 * What is safe already stays as it is.
 */
export function safeName(text: string, maxBytes = 200): string {
  // Taking characters out can bring a letter and its accent together: normalise again.
  const clean = cleanLine(text).replaceAll(new RegExp(forbidden, 'gu'), '_').normalize('NFC');
  const name = trimEnd(cutToBytes(clean.replace(/^(?:[. ]|~\$)+/u, ''), maxBytes));
  if (name === '') return 'unnamed';
  return device.test(name) ? `_${trimEnd(cutToBytes(name, maxBytes - 1))}` : name;
}

/** A safe name for a file of this name: where it is too long, its extension stays, and a sign of what was cut off. */
export function safeFileName(name: string, maxBytes = 200): string {
  const safe = safeName(name, Number.MAX_SAFE_INTEGER);
  if (countBytes(safe) <= maxBytes) return safe;
  const { stem, extension } = splitName(safe);
  const ending = `~${shortHash(safe)}${extension === '' ? '' : `.${extension}`}`;
  return safeName(stem, maxBytes - countBytes(ending)) + ending;
}

const letters = /* @__PURE__ */ new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest beginning of `text` that fits into `maxBytes` of UTF-8 without cutting what people take for one letter. */
export function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  if (end === text.length) return text;
  // A letter under a tower of accents can be longer than any name: then it is cut.
  const near = Math.max(0, end - longestLetter);
  const border = letters.segment(text.slice(near, end + longestLetter)).containing(end - near)?.index ?? 0;
  return text.slice(0, border > 0 ? near + border : end);
}

const longestLetter = 64;

const hiddenEndings = new RegExp(
  `\\.(?:${[
    'part|partial|filepart|tmp|temp|crdownload|crswap|opdownload|download|unconfirmed|aria2|dltmp',
    'ffs_tmp|ffs_lock|tmp\\.drivedownload|tmp\\.driveupload|gstmp|dropbox-tmp|cloudf|upload|uploading|incomplete|inprogress|lftp-pget-status',
    '!ut|!qb|!bt|!sync|bts|bc!|rsls|sb-[0-9a-f]{8}-[a-z0-9]+|swp|swo|swx|lck|lock',
  ].join('|')})$`,
  'iu',
);
/** Folders that hold what was deleted, or older states, and files the system keeps for itself. */
const hiddenNames = new RegExp(
  `^(?:${[
    'thumbs\\.db|ehthumbs\\.db|desktop\\.ini|icon\r|desktop d[bf]|aquota\\.(?:user|group)',
    '\\$recycle\\.bin|recycler|recycled|recycle bin|trash|trashbox|trashcan|trashbin|files_trashbin|papierkorb|network trash folder|temporary items',
    '#recycle|#snapshot|~snapshot|@recycle|@recently-snapshot|@snapshots?|@eadir|@tmp|@sharebin|thevolumesettingsfolder|thefindbycontentfolder',
    'system volume information|dfsrprivate|lost\\+found|found\\.[0-9]{3}',
  ].join('|')})$`,
  'iu',
);
/** What Windows and macOS keep beside a file in a stream of its own, on a disk that has no streams: the colon may be written in other ways. */
const streamTwin =
  /(?:[:\uf022\uf03a](?:zone\.identifier|smartscreen|afp_[a-z]+|com\.[a-z.]+)(?::\$data)?|\.zone\.identifier(?:\.txt)?)$/iu;

/** Names of unfinished files and of the system's own: never an arrival. */
export function isHiddenName(name: string): boolean {
  return /^(?:\.|~\$|~syncthing~)|~$/u.test(name) || hiddenEndings.test(name) || hiddenNames.test(name) || streamTwin.test(name);
}

/**
 * The names, in lower case, whose place an empty file may be holding for one of this name that is still loaded beside it: `Flyer.pdf` for
 * `Flyer.pdf.part` and `Flyer.4f-x_1Z9.pdf.part`.
 */
export function placesHeldFor(name: string): readonly string[] {
  const lower = name.toLowerCase();
  if (!unfinished.test(lower)) return [];
  const loaded = lower.replace(unfinished, '');
  return [loaded, loaded.replace(madeUp, '')];
}

const unfinished = /\.(?:part|partial|filepart|crdownload|opdownload|download)$/u;
/** What some programs put before the extension. */
const madeUp = /(?<=.)\.[\w+=-]{6,12}(?=\.[a-z0-9]{1,10}$)/su;

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
