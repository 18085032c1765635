/** JDF 1.x: the job of a node, its product, amount, media, customer, dates and the files of its RunLists. */
import { mostFiles, type Ticket } from '../../../../shared/ticket.ts';
import { type SaidValue, said } from '../../../../shared/words/say.ts';
import { type Draft, type DraftField, fillField, finishDraft, inheritFields, newDraft } from './draft.ts';
import { quote } from './fault.ts';
import { decodeReference } from './file-reference.ts';
import { joinDrafts } from './join-drafts.ts';
import { checkJobCount, descendants, type XmlElement } from './xml-tree.ts';

export function parseJdf(root: XmlElement, timeZone: string): Ticket[] {
  const parts = root.children.filter((child) => child.name === 'JDF' && child.attributes.has('JobPartID'));
  // A root without a part of its own that only holds parts together is an order of several jobs.
  if (root.attributes.has('JobPartID') || parts.length < 2) return [finishDraft(draftOf(root, specsById(root)), timeZone)];
  checkJobCount(parts);
  const specs = specsById(root);
  const around = draftOf({ ...root, children: root.children.filter(({ name }) => name !== 'JDF') }, new Map());
  const drafts = parts.map((part) => {
    const draft = draftOf(part, specs, said('tickets.jobPart', { id: quote(part.attributes.get('JobPartID') ?? '') }));
    inheritFields(draft, { ...around, files: [] });
    for (const [name, value] of around.attributes) fillField(draft, `attributes.${name}`, value);
    return draft;
  });
  return joinDrafts(drafts).map((draft) => finishDraft(draft, timeZone));
}

function draftOf(node: XmlElement, specs: SpecsById, where: SaidValue = ''): Draft {
  const draft = newDraft({ where, numbers: 'double' });
  fill(draft, 'order', node, 'JobID');
  fill(draft, 'job', node, 'JobPartID');
  fill(draft, 'title', node, 'DescriptiveName');
  readScope(draft, node);
  for (const spec of fileSpecs(node, specs)) addFile(draft, spec);
  return draft;
}

/** @URL is a URL reference, whether it is relative or not. */
export function addFile(draft: Draft, spec: XmlElement): void {
  const url = spec.attributes.get('URL') ?? '';
  if (url !== '') draft.files.push(decodeReference(url));
}

function readScope(draft: Draft, scope: XmlElement): void {
  for (const link of outputLinks(scope, 'ComponentLink')) fill(draft, 'quantity', link, 'Amount');
  for (const component of descendants(scope, 'Component')) {
    fill(draft, 'quantity', component, 'Amount');
    fill(draft, 'product', component, 'DescriptiveName');
    fill(draft, 'product', component, 'ProductType');
    readSize(draft, component.attributes.get('Dimensions'));
  }
  for (const intent of descendants(scope, 'FinishedDimensions'))
    readSize(draft, intent.attributes.get('Actual') ?? intent.attributes.get('Preferred'));
  for (const media of descendants(scope, 'Media')) readMedia(draft, media);
  for (const info of descendants(scope, 'CustomerInfo')) {
    fill(draft, 'title', info, 'CustomerJobName');
    readCustomer(draft, info);
  }
  for (const info of descendants(scope, 'NodeInfo')) {
    fill(draft, 'dueAt', info, 'LastEnd');
    fill(draft, 'startAt', info, 'FirstStart');
  }
}

function outputLinks(node: XmlElement, name: string): XmlElement[] {
  const pools = node.children.filter((child) => child.name === 'ResourceLinkPool');
  return pools.flatMap(({ children }) => children.filter((link) => link.name === name && link.attributes.get('Usage') === 'Output'));
}

type SpecsById = ReadonlyMap<string, readonly XmlElement[]>;

/** The FileSpecs of the RunLists by their ID; of one ID no more than are refused, since each part may point to it. */
function specsById(root: XmlElement): SpecsById {
  const lists = Map.groupBy(descendants(root, 'RunList'), idOf);
  return new Map([...lists].map(([id, some]) => [id, some.flatMap((list) => descendants(list, 'FileSpec')).slice(0, mostFiles + 1)]));
}

const idOf = ({ attributes }: XmlElement): string => attributes.get('ID') ?? '';

/** The FileSpecs of the RunLists a node takes in: those in it and those its links point to, without the ones it makes. No more than are refused. */
function fileSpecs(node: XmlElement, byId: SpecsById): Set<XmlElement> {
  const links = descendants(node, 'RunListLink').map(({ attributes }) => ({
    id: attributes.get('rRef') ?? '',
    made: attributes.get('Usage') === 'Output',
  }));
  const made = new Set(links.filter((link) => link.made).map(({ id }) => id));
  const inside = descendants(node, 'RunList').filter((list) => !made.has(idOf(list)));
  const specs = new Set(inside.flatMap((list) => descendants(list, 'FileSpec')).slice(0, mostFiles + 1));
  for (const { id } of links)
    for (const spec of id === '' || made.has(id) ? [] : (byId.get(id) ?? [])) {
      if (specs.size > mostFiles) return specs;
      specs.add(spec);
    }
  return specs;
}

/** Contacts of the customer before those of anybody else. */
export function readCustomer(draft: Draft, scope: XmlElement): void {
  const contacts = descendants(scope, 'Contact');
  const isCustomer = (contact: XmlElement) => /\b(?:Customer|Orderer|Administrator)\b/u.test(contact.attributes.get('ContactTypes') ?? '');
  for (const contact of [...contacts.filter(isCustomer), ...contacts.filter((other) => !isCustomer(other))]) {
    for (const company of descendants(contact, 'Company')) fill(draft, 'customer.company', company, 'OrganizationName');
    for (const { attributes } of descendants(contact, 'Person'))
      fillField(draft, 'customer.name', `${attributes.get('FirstName') ?? ''} ${attributes.get('FamilyName') ?? ''}`);
    for (const { attributes } of descendants(contact, 'ComChannel')) {
      const locator = (attributes.get('Locator') ?? '').replace(/^(?:mailto|tel):/iu, '');
      const type = attributes.get('ChannelType');
      if (type === 'Email') fillField(draft, 'customer.email', locator);
      if (type === 'Phone' || type === 'Mobile') fillField(draft, 'customer.phone', locator);
    }
  }
}

export function readMedia(draft: Draft, media: XmlElement): void {
  fill(draft, 'attributes.material', media, 'DescriptiveName');
  fill(draft, 'attributes.material', media, 'Brand');
  fill(draft, 'attributes.material', media, 'MediaType');
  fill(draft, 'attributes.weight', media, 'Weight');
}

/** `419.53 595.28 0` in points -> `148x210` in millimetres. */
export function readSize(draft: Draft, points: string | undefined): void {
  const [width, height] = (points ?? '')
    .trim()
    .split(/[ ~]+/u)
    .map((side) => Math.round((Number(side) * 25.4) / 72));
  if (width !== undefined && height !== undefined && width > 0 && height > 0) fillField(draft, 'attributes.size', `${width}x${height}`);
}

export function fill(draft: Draft, field: DraftField, element: XmlElement, attribute: string): void {
  fillField(draft, field, element.attributes.get(attribute) ?? '');
}
