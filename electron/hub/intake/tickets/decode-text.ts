/**
 * Bytes of a ticket to text. A byte order mark always counts; then XML says its encoding itself, JSON is UTF-8, and CSV says nothing:
 * one that is no UTF-8 is read as the old encoding in which its words make sense, and whoever reads it is told so.
 */
import { said } from '../../../../shared/words/say.ts';
import { TicketFault } from './fault.ts';

/** `readAs`: the encoding, where it was not said but judged; to be told. */
export type Text = { readonly text: string; readonly readAs: string | null };

/** Throws a TicketFault for text that is no text. The byte order mark is taken off. */
export function decodeJson(bytes: Uint8Array): Text {
  const encoding = unicodeOf(bytes) ?? 'utf-8';
  const text = tryDecode(bytes, encoding);
  if (text === null) throw new TicketFault('BrokenTicket', said('tickets.notEncoded', { encoding: encoding.toUpperCase() }));
  return { text: checked(text), readAs: null };
}

export function decodeCsv(bytes: Uint8Array): Text {
  const encoding = unicodeOf(bytes);
  const text = tryDecode(bytes, encoding ?? 'utf-8');
  if (text !== null) return { text: checked(text), readAs: null };
  if (encoding !== null || bytes.includes(0))
    throw new TicketFault('BrokenTicket', said('tickets.csvNotEncoded', { encoding: (encoding ?? 'utf-8').toUpperCase() }));
  const windows = new TextDecoder('windows-1252').decode(bytes);
  const mac = new TextDecoder('macintosh').decode(bytes);
  const isMac = senseOf(mac) > senseOf(windows);
  return { text: checked(isMac ? mac : windows), readAs: isMac ? 'Mac OS Roman' : 'Windows-1252' };
}

export function decodeXml(bytes: Uint8Array): Text {
  const unicode = unicodeOf(bytes);
  const declared = unicode === null ? declaredIn(bytes) : null;
  // A text that says so in single bytes is no UTF-16, though programs write that there.
  const label = unicode ?? (declared === null || /^utf-?16|^ucs-?2|^iso-10646/iu.test(declared) ? 'utf-8' : declared);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    throw new TicketFault('BrokenTicket', said('tickets.xmlUnknownEncoding', { label: JSON.stringify(label) }));
  }
  try {
    return { text: checked(decoder.decode(bytes)), readAs: null };
  } catch (error) {
    if (error instanceof TicketFault) throw error;
    throw new TicketFault(
      'BrokenTicket',
      declared === null ? said('tickets.xmlNoEncoding') : said('tickets.xmlOtherEncoding', { declared }),
    );
  }
}

/** `<?xml version="1.0" encoding="ISO-8859-1"?>` */
function declaredIn(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  return /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/u.exec(start)?.[1] ?? null;
}

/** By its mark; without one, UTF-16 shows by the zero beside each of its plain letters. Null when nothing tells. */
function unicodeOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [one, two, three] = bytes;
  if (one === 0xef && two === 0xbb && three === 0xbf) return 'utf-8';
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 200);
  if (start.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd > start.length / 4) return 'utf-16le';
  if (odd === 0 && even > start.length / 4) return 'utf-16be';
  return null;
}

function tryDecode(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function checked(text: string): string {
  if (text.includes('\0')) throw new TicketFault('HostileTicket', said('tickets.zeroCharacter'));
  if (text.trim() === '') throw new TicketFault('BrokenTicket', said('tickets.empty'));
  return text;
}

/** How well the letters beyond ASCII fit between those beside them. */
function senseOf(text: string): number {
  let sense = 0;
  for (const { 0: letter, index } of text.slice(0, 200_000).matchAll(/[\u0080-\uffff]/gu))
    sense += senseIn(letter, text.charAt(index - 1), text.charAt(index + 1));
  return sense;
}

const small = /[äöüßéèêëàâçñåæøœïîôûùòóíáúãõ]/u;
const capital = /[ÄÖÜÉÈÀÂÇÑÅÆØÓÍÁ]/u;
const sign = /[€–—„“”’‘…°²³×·•§®©™]/u;

function senseIn(letter: string, before: string, after: string): number {
  if (small.test(letter)) return 2;
  // A capital in the midst of small letters, or a sign between two letters, is the wrong reading.
  if (capital.test(letter)) return /\p{Ll}/u.test(before) ? -1 : 2;
  if (sign.test(letter)) return /\p{L}/u.test(before) && /\p{L}/u.test(after) && letter !== '’' ? -1 : 1;
  return -1;
}
