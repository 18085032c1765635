/**
 * A ticket file to tickets: the door of this folder. Pure: bytes in, tickets or the reason of a refusal out, in time and memory
 * bounded by limits whatever the bytes are. Never reads a file, an address or anything else a ticket speaks of.
 */
import { nameKey } from '../../../../shared/name-key.ts';
import type { MappingGaps, Ticket, TicketResult } from '../../../../shared/ticket.ts';
import { said } from '../../../../shared/words/say.ts';
import { asResult, type Read } from './check-ticket.ts';
import { parseCsv } from './csv.ts';
import { decodeCsv, decodeJson, decodeXml, type Text } from './decode-text.ts';
import { quote, TicketFault } from './fault.ts';
import { parseJdf } from './jdf.ts';
import { parseJson } from './json.ts';
import { extensionOf, failsAt, type Listed, longestTicket, type TicketOptions } from './limits.ts';
import { parseXjdf } from './xjdf.ts';
import { parseXml, stepsBelow } from './xml.ts';
import { gapsOf } from './xml-gaps.ts';
import { parseXmlTree } from './xml-tree.ts';

/** Told of a ticket beside what it says, also where it is refused. */
type Told = { gaps?: MappingGaps };

/**
 * @param name file name; its extension chooses the format
 * @param bytes the whole file
 * @param told filled with what is to be known besides
 */
export function parseTicketFile(name: string, bytes: Uint8Array, options: TicketOptions, told: Told = {}): TicketResult {
  return asResult(() => {
    const limit = longestTicket(name);
    if (bytes.length > limit) throw new TicketFault('TicketTooLarge', said('tickets.tooManyBytes', { bytes: bytes.length, most: limit }));
    return read(extensionOf(name), bytes, options, told);
  });
}

/** A ticket file with what is to be known of all its tickets together. Never throws: it would be read again and again. */
export function readTicketFile(name: string, bytes: Uint8Array, options: TicketOptions): Listed {
  try {
    const told: Told = {};
    const read = parseTicketFile(name, bytes, options, told);
    return read.ok ? { ...read, ...told, namedTwice: namedTwice(read.tickets) } : { ...read, ...told };
  } catch (error) {
    return failsAt(error);
  }
}

function read(extension: string, bytes: Uint8Array, { xmlMapping, timeZone }: TicketOptions, told: Told): Read {
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
        if (extension !== 'xml') throw new TicketFault('BrokenTicket', said('tickets.outermost', { name: quote(root.name) }));
        if (Object.keys(xmlMapping).length > 0) told.gaps = gapsOf(root, xmlMapping, stepsBelow);
        return parseXml(root, xmlMapping, timeZone);
      });
    default:
      throw new TicketFault('BrokenTicket', said('tickets.noKind', { extension: quote(extension) }));
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
