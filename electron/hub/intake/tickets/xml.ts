/**
 * XML of other systems. With a mapping from the settings exactly as it says; without one by the usual names of elements and
 * attributes, in English and German.
 */

import { longestAttribute, type Ticket } from '../../../../shared/ticket.ts';
import { said } from '../../../../shared/words/say.ts';
import { addContact, type Draft, type DraftField, fillField, finishDraft, inheritFields, isContact, newDraft, sayField } from './draft.ts';
import { listOf, quote, refuseMachineName, TicketFault } from './fault.ts';
import { fieldFromWord } from './field-words.ts';
import { joinDrafts, numberJobs } from './join-drafts.ts';
import { gapsOf } from './xml-gaps.ts';
import { checkXmlMapping, isMappedField } from './xml-mapping.ts';
import { checkJobCount, type XmlElement } from './xml-tree.ts';

/**
 * @param mapping ticket field -> path of element names from the outermost element, such as `Order/Number` or `Order/@id`. Under
 *   `jobs` stands the path of the element that repeats for each job: other paths are then looked for in it first, then in the whole.
 */
export function parseXml(root: XmlElement, mapping: Readonly<Record<string, string>>, timeZone: string): Ticket[] {
  const drafts = Object.keys(mapping).length === 0 ? draftsByWords(root) : draftsByMapping(root, mapping);
  const placed = drafts.map((draft, index) =>
    drafts.length > 1 ? { ...draft, where: said('tickets.job', { number: index + 1 }) } : draft,
  );
  numberJobs(placed);
  return joinDrafts(placed).map((draft) => finishDraft(draft, timeZone));
}

function draftsByMapping(root: XmlElement, mapping: Readonly<Record<string, string>>): Draft[] {
  const problem = checkXmlMapping(mapping);
  if (problem !== null) throw new TicketFault('BrokenTicket', said('tickets.mappingWrong', { problem }));
  const jobs = mapping['jobs'] === undefined ? [root] : elementsAt(root, stepsFrom(root, mapping['jobs']));
  if (jobs.length === 0) throw new TicketFault('BrokenTicket', said('tickets.noElementAt', { path: quote(mapping['jobs'] ?? '') }));
  checkJobCount(jobs);
  const whole = fillByMapping(root, mapping);
  const { order } = mapping;
  const { notFound, places } = gapsOf(root, mapping, stepsBelow);
  if (order !== undefined && notFound.some(({ field }) => field === 'order'))
    throw new TicketFault(
      'BrokenTicket',
      said('tickets.mappedMissing', { field: 'order', path: quote(order), places: listOf(places.slice(0, 12).map(quote)) }),
    );
  return jobs.map((job) => {
    const draft = job === root ? newDraft() : fillByMapping(job, mapping);
    inheritFields(draft, draft.files.length > 0 ? { ...whole, files: [] } : whole);
    for (const [name, value] of whole.attributes) fillField(draft, `attributes.${name}`, value);
    return draft;
  });
}

function fillByMapping(element: XmlElement, mapping: Readonly<Record<string, string>>): Draft {
  const draft = newDraft();
  const said = new Map<DraftField, string>();
  for (const [field, path] of Object.entries(mapping)) {
    if (isMappedField(field)) for (const value of valuesAt(element, stepsFrom(element, path))) say(draft, said, field, path, value);
  }
  return draft;
}

/** The steps below an element of this name, which may be written first. Prefixes do not count. */
export function stepsBelow(outermost: string, path: string): string[] {
  const steps = path
    .split('/')
    .filter((step) => step !== '')
    .map((step) => step.replace(/^(@?).*:/u, '$1'));
  return steps[0] === outermost ? steps.slice(1) : steps;
}

function stepsFrom({ name }: XmlElement, path: string): string[] {
  return stepsBelow(name, path);
}

function elementsAt(element: XmlElement, steps: readonly string[]): XmlElement[] {
  return steps.reduce((found, step) => found.flatMap(({ children }) => children.filter(({ name }) => name === step)), [element]);
}

function valuesAt(element: XmlElement, steps: readonly string[]): string[] {
  const last = steps.at(-1);
  if (last?.startsWith('@'))
    return elementsAt(element, steps.slice(0, -1)).flatMap(({ attributes }) => attributes.get(last.slice(1)) ?? []);
  return elementsAt(element, steps).map(({ text }) => text);
}

const orderWords: ReadonlySet<string> = new Set(['order', 'auftrag', 'bestellung', 'purchaseorder']);
const jobWords: ReadonlySet<string> = new Set([
  'job',
  'item',
  'lineitem',
  'orderitem',
  'orderline',
  'line',
  'position',
  'posten',
  'auftragsposition',
  'bestellposition',
]);
const numberWords: ReadonlySet<string> = new Set(['id', 'number', 'no', 'nr', 'nummer']);

function draftsByWords(root: XmlElement): Draft[] {
  const chains = jobChains(root, []);
  checkJobCount(chains);
  const drafts = new Map<XmlElement, Draft>();
  const draftAround = (element: XmlElement): Draft => {
    const draft = drafts.get(element) ?? readByWords(element, false);
    drafts.set(element, draft);
    return draft;
  };
  return (chains.length > 0 ? chains : [[root]]).map(([job = root, ...around]) => {
    const draft = readByWords(job, true);
    for (const element of around) inheritFields(draft, draftAround(element));
    return draft;
  });
}

/** The innermost elements that are a job by their name, each with the elements around it, from the inside out. */
function jobChains(element: XmlElement, around: readonly XmlElement[]): XmlElement[][] {
  if (isLeaf(element)) return [];
  const chain = [element, ...around];
  const deeper = element.children.flatMap((child) => jobChains(child, chain));
  const name = element.name.toLowerCase();
  return deeper.length > 0 || !(orderWords.has(name) || jobWords.has(name)) ? deeper : [chain];
}

function readByWords(element: XmlElement, isJob: boolean): Draft {
  const draft = newDraft();
  const said = new Map<DraftField, string>();
  for (const [name, value] of [
    ...element.attributes,
    ...element.children.filter(isLeaf).map((child) => [child.name, child.text] as const),
  ]) {
    const field = fieldInside(element, name);
    if (field !== undefined) say(draft, said, field, name, value);
    else if (isJob && !/^(?:xmlns|schemaLocation|version)/u.test(name)) fillAttribute(draft, name, value);
  }
  for (const child of element.children) {
    const field = fieldFromWord(child.name);
    if (field === 'files') readFiles(draft, child);
    else if (field?.startsWith('customer.')) readParts(draft, child, 'customer.name');
    else if (field === 'product') readParts(draft, child, 'product');
    else if (isJob && /^attributes?$/iu.test(child.name)) readAttributes(draft, child);
  }
  return draft;
}

function fieldInside(element: XmlElement, name: string): DraftField | undefined {
  const owner = element.name.toLowerCase();
  if (!numberWords.has(name.toLowerCase())) return fieldFromWord(name);
  return orderWords.has(owner) ? 'order' : jobWords.has(owner) ? 'job' : undefined;
}

/** `<Customer><Name/><Email/></Customer>`, `<Product><Name/></Product>`; other parts keep their own meaning. */
function readParts(draft: Draft, element: XmlElement, named: DraftField): void {
  for (const [name, value] of [...element.attributes, ...element.children.map((child) => [child.name, child.text] as const)]) {
    const field = /^(?:name|full_?name)$/iu.test(name) ? named : fieldFromWord(name);
    if (field !== undefined && (field === named || field.startsWith('customer.'))) fillField(draft, field, value);
  }
}

/** `<Files><File>a.pdf</File></Files>`, `<File name="a.pdf"/>` */
function readFiles(draft: Draft, element: XmlElement): void {
  if (isLeaf(element) && element.attributes.size === 0) return;
  const named = ['name', 'filename', 'href', 'url', 'src'].map((name) => element.attributes.get(name)).find((value) => value !== undefined);
  fillField(draft, 'files', named ?? element.text);
  for (const child of element.children) {
    if (isLeaf(child)) fillField(draft, 'files', child.text);
    else readFiles(draft, child);
  }
}

/** `<Attributes><Size>A5</Size></Attributes>`, `<Attribute name="size" value="A5"/>` */
function readAttributes(draft: Draft, element: XmlElement): void {
  const own = element.attributes.get('name');
  if (own !== undefined) fillAttribute(draft, own, element.attributes.get('value') ?? element.text);
  for (const child of element.children) {
    if (child.attributes.has('name')) readAttributes(draft, child);
    else fillAttribute(draft, child.name, child.text);
  }
}

function fillAttribute(draft: Draft, name: string, value: string): void {
  refuseMachineName(name);
  addAttribute(draft, name, value);
}

/** One that is said several times has them all: it cuts, and it folds. */
function addAttribute(draft: Draft, name: string, value: string): void {
  const field = fieldFromWord(name);
  if (isContact(field)) {
    if (value.trim() !== '') addContact(draft, field, value.trim());
    return;
  }
  const before = draft.attributes.get(name);
  if (before === undefined) fillField(draft, `attributes.${name}`, value);
  // What is too long is refused in the end, and need not grow until then.
  else if (before.length <= longestAttribute && value.trim() !== '' && !before.split(', ').includes(value.trim()))
    draft.attributes.set(name, `${before}, ${value.trim()}`);
}

/** Whoever says a thing in two ways may mean either. */
function say(draft: Draft, told: Map<DraftField, string>, field: DraftField, heading: string, value: string): void {
  if (field.startsWith('attributes.')) {
    addAttribute(draft, field.slice('attributes.'.length), value);
    return;
  }
  const before = sayField(draft, told, field, heading, value);
  if (before === null) return;
  throw new TicketFault('BrokenTicket', said('tickets.saidTwice', { field, one: quote(before), other: quote(value.trim()), heading }));
}

function isLeaf({ children, attributes, text }: XmlElement): boolean {
  return children.length === 0 && (attributes.size === 0 || text !== '');
}
