/**
 * Whether a file is whole and what its name says, judged by its size, its two ends and, where these point elsewhere, some bytes there.
 * Never opens a file itself and never parses a document: hostile content costs no more than good content.
 */
import { begins, type Check, type Ends, isZero, text } from './bytes.ts';
import { checkJpeg } from './check-jpeg.ts';
import { checkPdf } from './check-pdf.ts';
import { checkIllustrator, checkPostScript } from './check-postscript.ts';
import { programFurtherOn, programIn } from './program.ts';
import { type FormatCheck, notWhole, unknownEnd, type Wholeness, wholeWithin } from './wholeness.ts';

export type { Wholeness } from './wholeness.ts';

import { say } from '../../../shared/words/say.ts';

/**
 * @param type extension in lower case, without the dot
 * @param ends what is known of the file at first
 * @param read bytes of the same file; asked some few times, for some kilobytes each
 */
export async function checkWholeness(
  type: string,
  ends: Ends,
  read: (at: number, length: number) => Promise<Uint8Array>,
): Promise<Wholeness> {
  const check = judge(type, ends);
  let step = check.next();
  while (step.done !== true) step = check.next(await read(step.value.at, step.value.length));
  return step.value;
}

function* judge(type: string, ends: Ends): Check<Wholeness> {
  const { size, head } = ends;
  if (size === 0 || head.length === 0) return { kind: 'empty' };
  const program = programIn(head) ?? (yield* programFurtherOn(ends));
  if (program !== null) return { kind: 'program', raw: program };
  const check = checks.get(type);
  if (check === undefined) return unknownEnd(ends);
  // A writer that reserves the space first shows zeros where the sign of the type will come.
  if (isZero(head)) return notWhole(say('en', 'found.zerosOnly'));
  if (size < 5) return notWhole(say('en', 'found.onlyBytes', { bytes: size }));
  return yield* check(ends);
}

const checks: ReadonlyMap<string, FormatCheck> = new Map([
  ['pdf', checkPdf],
  ['ps', checkPostScript],
  ['eps', checkPostScript],
  ['ai', checkIllustrator],
  ['jpg', checkJpeg],
  ['jpeg', checkJpeg],
  ['png', atOnce(checkPng)],
  ['gif', atOnce(checkGif)],
  ['webp', atOnce(checkWebp)],
  ['tif', atOnce(checkTiff)],
  ['tiff', atOnce(checkTiff)],
  ['zip', atOnce(checkZip)],
  ['json', atOnce(checkJson)],
  ['xml', atOnce(checkXml)],
  ['jdf', atOnce(checkXml)],
  ['xjdf', atOnce(checkXml)],
]);

/** A check that needs no more than the two ends. */
function atOnce(check: (ends: Ends) => Wholeness): FormatCheck {
  // biome-ignore lint/correctness/useYield: it asks for nothing, and is one of those that may.
  return function* look(ends) {
    return check(ends);
  };
}

function checkPng(ends: Ends): Wholeness {
  if (!begins(ends.head, [0x89, 0x50, 0x4e, 0x47])) return { kind: 'notWhatItSays', raw: say('en', 'found.noPng') };
  const end = ends.inner?.bytes ?? ends.tail;
  return text(end).slice(-2048).includes('IEND\xae\x42\x60\x82') ? wholeWithin(ends) : notWhole(say('en', 'found.pngNoEnd'));
}

/** Its end is one byte, which stands in the middle as well. */
function checkGif(ends: Ends): Wholeness {
  if (!/^GIF8[79]a/u.test(text(ends.head.subarray(0, 6)))) return { kind: 'notWhatItSays', raw: say('en', 'found.noGif') };
  return unknownEnd(ends);
}

/** Says its own length, to which some writers add a byte that makes it even. */
function checkWebp(ends: Ends): Wholeness {
  const { size, head } = ends;
  if (text(head.subarray(0, 4)) !== 'RIFF' || text(head.subarray(8, 12)) !== 'WEBP')
    return { kind: 'notWhatItSays', raw: say('en', 'found.noWebp') };
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(4, true) + 8;
  return size < length ? notWhole(say('en', 'found.bytesOf', { bytes: size, of: length })) : unknownEnd(ends);
}

/** A TIFF has no end sign, but its directory often stands at the end: a pointer past the end tells that the rest is missing. */
function checkTiff(ends: Ends): Wholeness {
  const { size, head } = ends;
  const little = text(head.subarray(0, 2)) === 'II';
  if (!little && text(head.subarray(0, 2)) !== 'MM') return { kind: 'notWhatItSays', raw: say('en', 'found.noTiff') };
  if (size < 16 || head.length < 16) return notWhole(say('en', 'found.onlyBytes', { bytes: size }));
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = view.getUint16(2, little);
  if (version !== 42 && version !== 43) return { kind: 'notWhatItSays', raw: say('en', 'found.noTiff') };
  const directory = version === 42 ? view.getUint32(4, little) : Number(view.getBigUint64(8, little));
  return directory === 0 || directory >= size ? notWhole(say('en', 'found.tiffDirectory', { at: directory, of: size })) : unknownEnd(ends);
}

function checkZip({ head, tail }: Ends): Wholeness {
  if (!begins(head, [0x50, 0x4b, 0x03, 0x04]) && !begins(head, [0x50, 0x4b, 0x05, 0x06]))
    return { kind: 'notWhatItSays', raw: say('en', 'found.noZip') };
  const at = text(tail).lastIndexOf('PK\x05\x06');
  const commentLength = (tail[at + 20] ?? 0) + (tail[at + 21] ?? 0) * 256;
  return at >= 0 && at + 22 + commentLength <= tail.length ? { kind: 'whole' } : notWhole(say('en', 'found.zipNoEnd'));
}

/** Only a beginning that is JSON promises an end that is; whatever else it is, the ticket's reader says so better. */
function checkJson(ends: Ends): Wholeness {
  const { head, tail } = ends;
  if (!/^[{[]/u.test(written(head, head).trimStart())) return unknownEnd(ends);
  return /[}\]]$/u.test(written(head, tail).trimEnd()) ? { kind: 'whole' } : notWhole(say('en', 'found.noBrace'));
}

function checkXml(ends: Ends): Wholeness {
  const { head, tail } = ends;
  if (!written(head, head).trimStart().startsWith('<')) return unknownEnd(ends);
  return written(head, tail).trimEnd().endsWith('>') ? { kind: 'whole' } : notWhole(say('en', 'found.noClosing'));
}

/** The characters of a text file that matter here; in UTF-16 every other byte is a zero. */
function written(head: Uint8Array, part: Uint8Array): string {
  const wide = begins(head, [0xff, 0xfe]) || begins(head, [0xfe, 0xff]) || begins(head, [0x3c, 0]) || begins(head, [0, 0x3c]);
  const characters = text(part).replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/u, '');
  return wide ? characters.replaceAll('\0', '') : characters;
}
