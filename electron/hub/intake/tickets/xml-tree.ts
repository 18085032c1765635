/**
 * XML text to a tree of elements, without prefixes. DOCTYPE and ENTITY are refused before anything is parsed, entities are not
 * expanded by the parser, and size, depth and number of elements are bounded, so that no document costs more than its length.
 */

import { XMLParser } from 'fast-xml-parser';
import { said } from '../../../../shared/words/say.ts';
import { placeOf, quote, refuseMachineName, TicketFault } from './fault.ts';

export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text without that of its children, trimmed. */
  readonly text: string;
};

export const xmlLimits = { depth: 100, elements: 50_000, tagLength: 16_000, jobs: 1000 } as const;

/** The root element. Throws a TicketFault. */
export function parseXmlTree(text: string): XmlElement {
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iu.test(text)) throw new TicketFault('HostileTicket', said('tickets.doctype'));
  checkTags(text);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
    maxNestedTags: xmlLimits.depth,
    jPath: false,
  });
  let nodes: Node[];
  try {
    nodes = parser.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TicketFault(
      message.startsWith('[SECURITY]') ? 'HostileTicket' : 'BrokenTicket',
      said('tickets.xmlUnreadable', { raw: message }),
    );
  }
  const [root] = toElements(nodes);
  if (root === undefined) throw new TicketFault('BrokenTicket', said('tickets.noElement'));
  return root;
}

type OpenTags = { readonly open: string[]; elements: number; roots: number };

/** The parser forgives tags that do not match, and its own validator takes quadratic time; this takes one pass. */
function checkTags(text: string): void {
  const tags: OpenTags = { open: [], elements: 0, roots: 0 };
  for (let start = text.indexOf('<'); start >= 0; ) {
    const end = endOfMarkup(text, start);
    if (text.startsWith('</', start)) closeTag(tags, text, start, end);
    else if (!/[!?]/u.test(text.charAt(start + 1))) openTag(tags, text, start, end);
    start = text.indexOf('<', end);
  }
  const last = tags.open.at(-1);
  if (last !== undefined) throw new TicketFault('BrokenTicket', said('tickets.neverClosed', { name: quote(last) }));
  if (tags.roots === 0) throw new TicketFault('BrokenTicket', said('tickets.noElement'));
  if (tags.roots > 1) throw new TicketFault('BrokenTicket', said('tickets.severalRoots'));
}

function openTag(tags: OpenTags, text: string, start: number, end: number): void {
  const name = tagName(text, start);
  if (end - start > xmlLimits.tagLength)
    throw new TicketFault('HostileTicket', said('tickets.longTag', { name: quote(name), most: xmlLimits.tagLength }));
  if (tags.open.length === 0) tags.roots += 1;
  tags.elements += 1;
  if (tags.elements > xmlLimits.elements)
    throw new TicketFault('HostileTicket', said('tickets.tooManyElements', { most: xmlLimits.elements }));
  if (text.charAt(end - 2) !== '/') tags.open.push(name);
  if (tags.open.length > xmlLimits.depth) throw new TicketFault('HostileTicket', said('tickets.tooDeep', { most: xmlLimits.depth }));
}

function closeTag(tags: OpenTags, text: string, start: number, end: number): void {
  const name = text.slice(start + 2, end - 1).trim();
  if (tags.open.pop() !== name)
    throw new TicketFault('BrokenTicket', said('tickets.closingTag', { name: quote(name), place: placeOf(text, start) }));
}

const tagNameForm = /<([\p{L}_][\p{L}\p{N}_.:-]{0,199})(?=[\s/>])/uy;

function tagName(text: string, start: number): string {
  tagNameForm.lastIndex = start;
  const name = tagNameForm.exec(text)?.[1];
  if (name === undefined) throw new TicketFault('BrokenTicket', said('tickets.noTag', { place: placeOf(text, start) }));
  refuseMachineName(name.slice(name.indexOf(':') + 1));
  return name;
}

/** The index behind the comment, CDATA section, instruction or tag that begins at `start`. */
function endOfMarkup(text: string, start: number): number {
  const [sign, from] = text.startsWith('<!--', start)
    ? ['-->', 4]
    : text.startsWith('<![CDATA[', start)
      ? [']]>', 9]
      : text.startsWith('<?', start)
        ? ['?>', 2]
        : ['>', 1];
  if (sign === '>' && text.charAt(start + 1) === '!')
    throw new TicketFault('BrokenTicket', said('tickets.noTag', { place: placeOf(text, start) }));
  const end = sign === '>' ? endOfTag(text, start) : text.indexOf(sign, start + from);
  if (end < 0) throw new TicketFault('BrokenTicket', said('tickets.noEnd', { place: placeOf(text, start) }));
  return end + sign.length;
}

const tagSigns = /["'<>]/gu;

/** The index of the `>`; one in quotation marks does not end a tag. */
function endOfTag(text: string, start: number): number {
  tagSigns.lastIndex = start + 1;
  for (let found = tagSigns.exec(text); found !== null; found = tagSigns.exec(text)) {
    if (found[0] === '>') return found.index;
    if (found[0] === '<') return -1;
    const closing = text.indexOf(found[0], found.index + 1);
    if (closing < 0) return -1;
    tagSigns.lastIndex = closing + 1;
  }
  return -1;
}

/** As the parser hands it over in order: one key with the children, and the attributes under `:@`. */
type Node = { readonly [key: string]: unknown };

function toElements(nodes: readonly Node[]): XmlElement[] {
  return nodes.flatMap((node) =>
    Object.entries(node).flatMap(([name, content]) =>
      /^(?:#|:@)/u.test(name) ? [] : [toElement(name, content as readonly Node[], node[':@'])],
    ),
  );
}

function toElement(name: string, content: readonly Node[], attributes: unknown): XmlElement {
  const text = content
    .map((node) => ('#text' in node ? decode(String(node['#text'])) : '#cdata' in node ? textOfCdata(node['#cdata']) : ''))
    .join('');
  const pairs = Object.entries((attributes ?? {}) as Node).map(([key, value]) => [key, decode(String(value)).trim()] as const);
  return { name, attributes: new Map(pairs), children: toElements(content), text: text.trim() };
}

function textOfCdata(content: unknown): string {
  return (content as readonly Node[]).map((node) => String(node['#text'] ?? '')).join('');
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities XML always has, and characters by number; each stands for one character, so nothing can grow. */
function decode(text: string): string {
  return text.replaceAll(
    /&(?:#(?<number>[0-9]{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>amp|lt|gt|quot|apos));/giu,
    (whole, number?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? whole;
      const point = Number.parseInt(number ?? hex ?? '', number === undefined ? 16 : 10);
      const allowed =
        point === 9 || point === 10 || point === 13 || (point >= 32 && point < 0xd800) || (point > 0xdfff && point <= 0x10ffff);
      return allowed ? String.fromCodePoint(point) : whole;
    },
  );
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
