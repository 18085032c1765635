/**
 * A ticket file to tickets: the door of this folder. Pure: bytes in, tickets or the reason of a refusal out, in time and memory
 * bounded by limits whatever the bytes are. Never reads a file, an address or anything else a ticket speaks of.
 */
import type { Ticket, TicketResult } from '../../../../shared/ticket.ts';
import { parseCsv } from './csv.ts';
import { decodeText } from './decode-text.ts';
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

/**
 * @param name file name; its extension chooses the format
 * @param bytes the whole file
 * @param options `xmlMapping` of the settings; empty for the usual names
 */
export function parseTicketFile(
  name: string,
  bytes: Uint8Array,
  options: { readonly xmlMapping: Readonly<Record<string, string>> },
): TicketResult {
  return asResult(() => {
    const limit = longestTicket(name);
    if (bytes.length > limit) throw new TicketFault('TicketTooLarge', `The file has ${bytes.length} bytes; a ticket has at most ${limit}.`);
    return read(extensionOf(name), decodeText(bytes), options.xmlMapping);
  });
}

/** The same checks for a ticket that came by the API: file names without paths, dates in UTC, limits. */
export function checkTicket(ticket: Ticket): TicketResult {
  return asResult(() => [finishTicket(ticket)]);
}

function asResult(readAll: () => Ticket[]): TicketResult {
  try {
    const [first, ...others] = readAll();
    if (first === undefined) throw new TicketFault('BrokenTicket', 'There is no ticket in the file.');
    return { ok: true, tickets: [first, ...others] };
  } catch (error) {
    if (error instanceof TicketFault) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}

function read(extension: string, text: string, xmlMapping: Readonly<Record<string, string>>): Ticket[] {
  switch (extension) {
    case 'json':
      return parseJson(text);
    case 'csv':
      return parseCsv(text);
    case 'xml':
    case 'jdf':
    case 'xjdf': {
      const root = parseXmlTree(text);
      if (root.name === 'JDF') return parseJdf(root);
      if (root.name === 'XJDF') return parseXjdf(root);
      if (extension !== 'xml') throw new TicketFault('BrokenTicket', `The outermost element is ${quote(root.name)}, not JDF or XJDF.`);
      return parseXml(root, xmlMapping);
    }
    default:
      throw new TicketFault('BrokenTicket', `${quote(extension)} is no kind of ticket; there are json, csv, xml, jdf and xjdf.`);
  }
}

function extensionOf(fileName: string): string {
  return /\.([a-z]{1,5})$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
