/** Bytes of a ticket to text: UTF-8, or UTF-16 where a byte order mark says so. Anything that is neither is refused, not repaired. */
import { TicketFault } from './fault.ts';

/** Throws a TicketFault for text that is no text. The byte order mark is taken off. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new TicketFault('BrokenTicket', `The text is not ${encoding.toUpperCase()}. Save it as UTF-8 (in Excel: "CSV UTF-8").`);
  }
  if (text.includes('\0')) throw new TicketFault('HostileTicket', 'The ticket contains a zero character, which no text has.');
  if (text.trim() === '') throw new TicketFault('BrokenTicket', 'The ticket is empty.');
  return text;
}
