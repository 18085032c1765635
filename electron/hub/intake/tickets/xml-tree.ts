/**
 * XML text to a tree of elements, without prefixes, read strictly: what can be read in two ways (an attribute given twice, a tag that is not closed) is refused. DOCTYPE
 * is refused before anything is parsed, and size, depth and number of elements are bounded, so that no document costs more than its length.
 */

import { SaxesParser } from 'saxes';
import { type Said, said } from '../../../../shared/words/say.ts';
import { placeOf, quote, refuseMachineName, TicketFault } from './fault.ts';

export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text without that of its children, trimmed. */
  readonly text: string;
};

export const xmlLimits = { depth: 100, elements: 50_000, tagLength: 16_000, jobs: 1000 } as const;

const longestName = 200;

/** The root element. Throws a TicketFault. */
export function parseXmlTree(text: string): XmlElement {
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iu.test(text)) throw new TicketFault('HostileTicket', said('tickets.doctype'));
  // Shops' programs put an empty line before the declaration.
  const source = withWholeAmpersands(text.replace(/^\s+(?=<\?xml)/u, ''));
  const parser = new SaxesParser();
  const growing: Growing[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  /** The name of the tag that is being read. */
  let tag: string | null = null;
  const lastSign = (sign: string): number => source.lastIndexOf(sign, parser.position - 1);
  const refuseLongTag = (name: string): void => {
    if (parser.position - lastSign(`<${name}`) > xmlLimits.tagLength)
      throw new TicketFault('HostileTicket', said('tickets.longTag', { name: quote(name), most: xmlLimits.tagLength }));
  };
  parser.on('error', (error) => {
    if (tag !== null) refuseLongTag(tag);
    const start = Math.max(0, lastSign('<'));
    const isText = elements === 0 && !source.includes('<');
    const words = isText ? said('tickets.noElement') : wordsFor(error, source.slice(start, parser.position), placeOf(source, start));
    throw new TicketFault('BrokenTicket', words);
  });
  parser.on('opentagstart', ({ name }) => {
    tag = name;
    elements += 1;
    if (name.length > longestName) throw new TicketFault('BrokenTicket', said('tickets.noTag', { place: placeOf(source, lastSign('<')) }));
    if (elements > xmlLimits.elements)
      throw new TicketFault('HostileTicket', said('tickets.tooManyElements', { most: xmlLimits.elements }));
    if (growing.length >= xmlLimits.depth) throw new TicketFault('HostileTicket', said('tickets.tooDeep', { most: xmlLimits.depth }));
    if (root !== null) throw new TicketFault('BrokenTicket', said('tickets.severalRoots'));
  });
  parser.on('opentag', ({ name, attributes }) => {
    refuseLongTag(name);
    tag = null;
    growing.push(newElement(name, attributes));
  });
  const say = (more: string): void => void growing.at(-1)?.text.push(more);
  parser.on('text', say);
  parser.on('cdata', say);
  parser.on('closetag', () => {
    const done = growing.pop();
    if (done === undefined) return;
    const element: XmlElement = { ...done, text: done.text.join('').trim() };
    const around = growing.at(-1);
    if (around === undefined) root = element;
    else around.children.push(element);
  });
  parser.write(source).close();
  if (root === null) throw new TicketFault('BrokenTicket', said('tickets.noElement'));
  return root;
}

type Growing = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly text: string[];
};

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

function newElement(name: string, attributes: Readonly<Record<string, string>>): Growing {
  refuseMachineName(withoutPrefix(name));
  // What a prefix stands for says nothing of a job.
  const telling = Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns:'));
  const pairs = telling.map(([key, value]) => {
    refuseMachineName(withoutPrefix(key));
    return [withoutPrefix(key), value.trim()] as const;
  });
  return { name: withoutPrefix(name), attributes: new Map(pairs), children: [], text: [] };
}

/** A character that XML may hold. */
function isCharacter(point: number): boolean {
  return point === 9 || point === 10 || point === 13 || (point >= 32 && point < 0xd800) || (point > 0xdfff && point <= 0x10ffff);
}

const reference = '&(?:#(?<number>[0-9]{1,7});|#x(?<hex>[0-9a-fA-F]{1,6});|(?<name>amp|lt|gt|quot|apos);)?';
const references = new RegExp(reference, 'gu');
const sectionsAndReferences = new RegExp(String.raw`<!\[CDATA\[[\s\S]*?\]\]>|${reference}`, 'gu');

function wholeReference(found: string, number?: string, hex?: string, name?: string): string {
  const point = number !== undefined ? Number(number) : hex !== undefined ? Number.parseInt(hex, 16) : null;
  const isWhole = name !== undefined || (point !== null && isCharacter(point));
  return found.startsWith('<') || isWhole ? found : `&amp;${found.slice(1)}`;
}

/** Web shops write "Smith & Sons" and "&uuml;" as they are: there is one reading only, and it stays text. Inside CDATA nothing is meant by an ampersand. */
function withWholeAmpersands(text: string): string {
  // Behind the last end of a section none is looked for: of very many beginnings each would be followed to the end of the ticket.
  const last = text.lastIndexOf(']]>');
  const end = last === -1 ? 0 : last + 3;
  return text.slice(0, end).replaceAll(sectionsAndReferences, wholeReference) + text.slice(end).replaceAll(references, wholeReference);
}

/** What the parser found wrong, in our words where we have some. `markup`: as far as it was read, from the `<` at `place`. */
function wordsFor({ message }: Error, markup: string, place: Said): Said {
  const found = message.replace(/^(?:[^:]*:)?\d+:\d+: /u, '');
  const unclosed = /^unclosed tag: (.*?)\.?$/u.exec(found)?.[1];
  if (unclosed !== undefined) return said('tickets.neverClosed', { name: quote(unclosed) });
  if (/^(?:unmatched closing tag|unexpected close tag)/u.test(found))
    return said('tickets.closingTag', { name: quote(markup.replace(/^<\/|\s*>.*$/gsu, '')), place });
  if (/^document must contain a root element/u.test(found)) return said('tickets.noElement');
  if (/^disallowed character in tag name|^disallowed character after/u.test(found)) return said('tickets.noTag', { place });
  if (/^unexpected end|^unclosed|^disallowed character in attribute name/u.test(found)) return said('tickets.noEnd', { place });
  return said('tickets.xmlUnreadable', { raw: message });
}

/** Each job reads what stands around it, so their number must have a bound of its own. */
export function checkJobCount(jobs: readonly unknown[]): void {
  if (jobs.length > xmlLimits.jobs) throw new TicketFault('TicketTooLarge', said('tickets.tooManyJobs', { most: xmlLimits.jobs }));
}

/**
 * The elements of this name below `element`, at any depth, in the order of the document; what lies inside a found one is not looked
 * at, so that searching again below each of them never costs more than one search.
 */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  collect(element, name, found);
  return found;
}

function collect(element: XmlElement, name: string, found: XmlElement[]): void {
  for (const child of element.children) {
    if (child.name === name) found.push(child);
    else collect(child, name, found);
  }
}
