/**
 * A ticket file to tickets: the door of this folder. Pure: bytes in, tickets or the reason of a refusal out, in time and memory
 * bounded by limits whatever the bytes are. Never reads a file, an address or anything else a ticket speaks of.
 */
import { nameKey } from '../../../../shared/name-key.ts';
import type { Ticket, TicketResult } from '../../../../shared/ticket.ts';
import { parseCsv } from './csv.ts';
import { decodeCsv, decodeJson, decodeXml, type Text } from './decode-text.ts';
import { finishTicket } from './draft.ts';
import { quote, TicketFault } from './fault.ts';
import { parseJdf } from './jdf.ts';
import { parseJson } from './json.ts';
import { parseXjdf } from './xjdf.ts';
import { parseXml } from './xml.ts';
import { parseXmlTree } from './xml-tree.ts';

const mebibyte = 1024 * 1024;

/** No ticket is larger; whoever reads the file need not read more. */
export function longestTicket(name: string): number {
  return extensionOf(name) === 'csv' ? 20 * mebibyte : mebibyte;
}

/** `timeZone`: whose clock a date without a zone is read by. `xmlMapping` of the settings; empty for the usual names. */
export type TicketOptions = { readonly xmlMapping: Readonly<Record<string, string>>; readonly timeZone: string };

/**
 * @param name file name; its extension chooses the format
 * @param bytes the whole file
 */
export function parseTicketFile(name: string, bytes: Uint8Array, options: TicketOptions): TicketResult {
  return asResult(() => {
    const limit = longestTicket(name);
    if (bytes.length > limit) throw new TicketFault('TicketTooLarge', `The file has ${bytes.length} bytes; a ticket has at most ${limit}.`);
    return read(extensionOf(name), bytes, options);
  });
}

/** `namedTwice`: names of files (as `nameKey` makes them) that more than one job of a list names. */
export type Listed =
  | (Extract<TicketResult, { readonly ok: true }> & { readonly namedTwice: readonly string[] })
  | Extract<TicketResult, { readonly ok: false }>;

/** A ticket file with what is to be known of all its tickets together. */
export function readTicketFile(name: string, bytes: Uint8Array, options: TicketOptions): Listed {
  const read = parseTicketFile(name, bytes, options);
  return read.ok ? { ...read, namedTwice: namedTwice(read.tickets) } : read;
}

/** A file that nobody can read within the limits. */
export function tooLarge(detail: string): Extract<TicketResult, { readonly ok: false }> {
  return { ok: false, code: 'TicketTooLarge', detail };
}

/** The same checks for a ticket that came by the API: file names without paths, dates as instants, limits. */
export function checkTicket(ticket: Ticket, { timeZone }: Pick<TicketOptions, 'timeZone'>): TicketResult {
  return asResult(() => ({ tickets: [finishTicket(ticket, timeZone)], readAs: null }));
}

type Read = { readonly tickets: readonly Ticket[]; readonly readAs: string | null };

function asResult(readAll: () => Read): TicketResult {
  try {
    const { tickets, readAs } = readAll();
    const [first, ...others] = tickets;
    if (first === undefined) throw new TicketFault('BrokenTicket', 'There is no ticket in the file.');
    return { ok: true, tickets: [first, ...others], readAs };
  } catch (error) {
    if (error instanceof TicketFault) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}

function read(extension: string, bytes: Uint8Array, { xmlMapping, timeZone }: TicketOptions): Read {
  const from = ({ text, readAs }: Text, parse: (text: string) => Ticket[]): Read => ({ tickets: parse(text), readAs });
  switch (extension) {
    case 'json':
      return from(decodeJson(bytes), (text) => parseJson(text, timeZone));
    case 'csv':
      return from(decodeCsv(bytes), (text) => parseCsv(text, timeZone));
    case 'xml':
    case 'jdf':
    case 'xjdf':
      return from(decodeXml(bytes), (text) => {
        const root = parseXmlTree(text);
        if (root.name === 'JDF') return parseJdf(root, timeZone);
        if (root.name === 'XJDF') return parseXjdf(root, timeZone);
        if (extension !== 'xml') throw new TicketFault('BrokenTicket', `The outermost element is ${quote(root.name)}, not JDF or XJDF.`);
        return parseXml(root, xmlMapping, timeZone);
      });
    default:
      throw new TicketFault('BrokenTicket', `${quote(extension)} is no kind of ticket; there are json, csv, xml, jdf and xjdf.`);
  }
}

function namedTwice(tickets: readonly Ticket[]): string[] {
  const holders = new Map<string, string | null>();
  for (const { order, job, files } of tickets) {
    const holder = JSON.stringify([order, job]);
    for (const key of files.map(nameKey)) {
      const known = holders.get(key);
      holders.set(key, known === undefined || known === holder ? holder : null);
    }
  }
  return [...holders].flatMap(([key, holder]) => (holder === null ? [key] : []));
}

function extensionOf(fileName: string): string {
  return /\.([a-z]{1,5})$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
