/** What is known of a ticket file before anybody reads it: how large it may be, and how its reading ends. Loads none of the formats. */
import type { MappingGaps, TicketResult } from '../../../../shared/ticket.ts';
import { type Said, said } from '../../../../shared/words/say.ts';
import { inEnglish } from './fault.ts';

const mebibyte = 1024 * 1024;

/** No ticket is larger; whoever reads the file need not read more. */
export function longestTicket(name: string): number {
  return extensionOf(name) === 'csv' ? 20 * mebibyte : mebibyte;
}

/** `timeZone`: whose clock a date without a zone is read by. `xmlMapping` of the settings; empty for the usual names. */
export type TicketOptions = { readonly xmlMapping: Readonly<Record<string, string>>; readonly timeZone: string };

type Told = { readonly gaps?: MappingGaps };

/** `namedTwice`: names of files (as `nameKey` makes them) that more than one job of a list names. */
export type Listed =
  | (Extract<TicketResult, { readonly ok: true }> & Told & { readonly namedTwice: readonly string[] })
  | (Extract<TicketResult, { readonly ok: false }> & Told);

/** A file that nobody can read within the limits. */
export function tooLarge(why: Said): Extract<TicketResult, { readonly ok: false }> {
  return { ok: false, code: 'TicketTooLarge', detail: inEnglish(why), said: why };
}

/** A file at which the reader itself fails: it would fail at it again. */
export function failsAt(error: unknown): Extract<TicketResult, { readonly ok: false }> {
  const why = said('tickets.readerFails', { raw: String(error).slice(0, 200) });
  return { ok: false, code: 'BrokenTicket', detail: inEnglish(why), said: why };
}

export function extensionOf(fileName: string): string {
  return /\.([a-z]{1,5})$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
