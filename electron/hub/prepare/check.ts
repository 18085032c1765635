/**
 * Whether a file is whole and what its name says, judged by its size, its beginning and its end. Never reads a disk and never
 * parses a document: hostile content costs no more than good content.
 */

/** How many bytes of either end are worth reading. */
export const edgeBytes = 4096;

export type Wholeness =
  | { readonly kind: 'whole' }
  /** This type has no end to recognise: only time can tell. `zeroTail`: it ends in zeros, as a file does whose space was reserved ahead. */
  | { readonly kind: 'unknown'; readonly zeroTail: boolean }
  /** May become whole; `raw` says what is missing. */
  | { readonly kind: 'notWhole'; readonly raw: string }
  | { readonly kind: 'notWhatItSays'; readonly raw: string }
  | { readonly kind: 'empty' };

type Edges = { readonly size: number; readonly head: Uint8Array; readonly tail: Uint8Array };

const whole: Wholeness = { kind: 'whole' };

/**
 * @param type extension in lower case, without the dot
 * @param size bytes
 * @param head the first `edgeBytes`, or all there are
 * @param tail the last `edgeBytes`, or all there are
 */
export function checkWholeness(type: string, size: number, head: Uint8Array, tail: Uint8Array): Wholeness {
  if (size === 0 || head.length === 0) return { kind: 'empty' };
  const judge = judges.get(type);
  if (judge === undefined) return unknown(tail);
  // A writer that reserves the space first shows zeros where the sign of the type will come.
  if (isZero(head)) return { kind: 'notWhole', raw: 'begins with zeros only' };
  if (size < 5) return { kind: 'notWhole', raw: `only ${size} bytes long` };
  return judge({ size, head, tail });
}

const judges: ReadonlyMap<string, (edges: Edges) => Wholeness> = new Map([
  ['pdf', checkPdf],
  ['ps', checkPostScript],
  ['eps', checkPostScript],
  ['ai', checkIllustrator],
  ['jpg', checkJpeg],
  ['jpeg', checkJpeg],
  ['png', checkPng],
  ['tif', checkTiff],
  ['tiff', checkTiff],
  ['zip', checkZip],
  ['json', checkJson],
  ['xml', checkXml],
  ['jdf', checkXml],
  ['xjdf', checkXml],
]);

function checkPdf({ head, tail }: Edges): Wholeness {
  if (!text(head.subarray(0, 1024)).includes('%PDF-')) return { kind: 'notWhatItSays', raw: 'no %PDF- in the first 1024 bytes' };
  return text(trimPadding(tail)).slice(-2048).includes('%%EOF') ? whole : { kind: 'notWhole', raw: 'no %%EOF at the end' };
}

function checkPostScript({ head, tail }: Edges): Wholeness {
  // EPS for Windows carries a preview behind a binary header; drivers put a printer language line or a Ctrl-D first.
  if (begins(head, [0xc5, 0xd0, 0xd3, 0xc6])) return unknown(tail);
  const start = text(head);
  if (!start.slice(0, 1024).includes('%!')) return { kind: 'notWhatItSays', raw: 'no %! in the first 1024 bytes' };
  return start.includes('%!PS-Adobe') && text(trimPadding(tail)).slice(-2048).includes('%%EOF') ? whole : unknown(tail);
}

function checkIllustrator(edges: Edges): Wholeness {
  return text(edges.head.subarray(0, 1024)).includes('%PDF-') ? checkPdf(edges) : checkPostScript(edges);
}

function checkJpeg({ head, tail }: Edges): Wholeness {
  if (!begins(head, [0xff, 0xd8, 0xff])) return { kind: 'notWhatItSays', raw: 'does not begin as a JPEG' };
  return text(trimPadding(tail)).slice(-2048).includes('\xff\xd9') ? whole : { kind: 'notWhole', raw: 'no end-of-image sign at the end' };
}

function checkPng({ head, tail }: Edges): Wholeness {
  if (!begins(head, [0x89, 0x50, 0x4e, 0x47])) return { kind: 'notWhatItSays', raw: 'does not begin as a PNG' };
  return text(tail).slice(-2048).includes('IEND\xae\x42\x60\x82') ? whole : { kind: 'notWhole', raw: 'no IEND at the end' };
}

/** A TIFF has no end sign, but its directory often stands at the end: a pointer past the end tells that the rest is missing. */
function checkTiff({ size, head, tail }: Edges): Wholeness {
  const little = text(head.subarray(0, 2)) === 'II';
  if (!little && text(head.subarray(0, 2)) !== 'MM') return { kind: 'notWhatItSays', raw: 'does not begin as a TIFF' };
  if (size < 16 || head.length < 16) return { kind: 'notWhole', raw: `only ${size} bytes long` };
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = view.getUint16(2, little);
  if (version !== 42 && version !== 43) return { kind: 'notWhatItSays', raw: 'does not begin as a TIFF' };
  const directory = version === 42 ? view.getUint32(4, little) : Number(view.getBigUint64(8, little));
  return directory === 0 || directory >= size
    ? { kind: 'notWhole', raw: `the directory is to stand at byte ${directory} of ${size}` }
    : unknown(tail);
}

function checkZip({ head, tail }: Edges): Wholeness {
  if (!begins(head, [0x50, 0x4b, 0x03, 0x04]) && !begins(head, [0x50, 0x4b, 0x05, 0x06]))
    return { kind: 'notWhatItSays', raw: 'does not begin as a ZIP' };
  const at = text(tail).lastIndexOf('PK\x05\x06');
  const commentLength = (tail[at + 20] ?? 0) + (tail[at + 21] ?? 0) * 256;
  return at >= 0 && at + 22 + commentLength <= tail.length ? whole : { kind: 'notWhole', raw: 'no end-of-directory record at the end' };
}

/** Only a beginning that is JSON promises an end that is; whatever else it is, the ticket's reader says so better. */
function checkJson({ head, tail }: Edges): Wholeness {
  if (!/^[{[]/u.test(written(head, head).trimStart())) return unknown(tail);
  return /[}\]]$/u.test(written(head, tail).trimEnd()) ? whole : { kind: 'notWhole', raw: 'no closing brace at the end' };
}

function checkXml({ head, tail }: Edges): Wholeness {
  if (!written(head, head).trimStart().startsWith('<')) return unknown(tail);
  return written(head, tail).trimEnd().endsWith('>') ? whole : { kind: 'notWhole', raw: 'no closing element at the end' };
}

/** The characters of a text file that matter here; in UTF-16, which its first bytes tell, every other byte is a zero. */
function written(head: Uint8Array, part: Uint8Array): string {
  const wide = begins(head, [0xff, 0xfe]) || begins(head, [0xfe, 0xff]);
  const characters = text(part).replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/u, '');
  return wide ? characters.replaceAll('\0', '') : characters;
}

function unknown(tail: Uint8Array): Wholeness {
  return { kind: 'unknown', zeroTail: isZero(tail) };
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Some systems fill the last block of a file with zeros or blanks. */
function trimPadding(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte !== 0 && byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return bytes.subarray(0, last + 1);
}

function begins(bytes: Uint8Array, sign: readonly number[]): boolean {
  return sign.every((byte, index) => bytes[index] === byte);
}

/** One character a byte, so that signs can be looked for as text. */
function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
