/** XJDF 2.x: one job a file, with its product, resources by set, customer, dates and the files of its RunLists. */
import type { Ticket } from '../../../../shared/ticket.ts';
import { fillField, finishDraft, newDraft } from './draft.ts';
import { addFile, fill, readCustomer, readMedia, readSize } from './jdf.ts';
import { descendants, type XmlElement } from './xml-tree.ts';

export function parseXjdf(root: XmlElement, timeZone: string): Ticket[] {
  const draft = newDraft({ numbers: 'double' });
  fill(draft, 'order', root, 'JobID');
  fill(draft, 'job', root, 'JobPartID');
  fill(draft, 'title', root, 'DescriptiveName');
  const products = descendants(root, 'Product');
  // The product that is sold, before the parts it is made of.
  for (const product of [...products.filter(isRoot), ...products.filter((other) => !isRoot(other))]) {
    fill(draft, 'quantity', product, 'Amount');
    fill(draft, 'product', product, 'DescriptiveName');
    fill(draft, 'product', product, 'ProductType');
    for (const layout of descendants(product, 'LayoutIntent'))
      readSize(draft, layout.attributes.get('FinishedDimensions') ?? layout.attributes.get('Dimensions'));
  }
  for (const resource of resources(root, 'Media')) {
    fill(draft, 'attributes.material', resource, 'DescriptiveName');
    for (const media of descendants(resource, 'Media')) readMedia(draft, media);
  }
  for (const info of descendants(root, 'CustomerInfo')) fill(draft, 'title', info, 'CustomerJobName');
  readCustomer(draft, root);
  for (const info of descendants(root, 'NodeInfo')) {
    fillField(draft, 'dueAt', info.attributes.get('LastEnd') ?? info.attributes.get('End') ?? '');
    fillField(draft, 'startAt', info.attributes.get('FirstStart') ?? info.attributes.get('Start') ?? '');
  }
  for (const resource of resources(root, 'RunList')) for (const spec of descendants(resource, 'FileSpec')) addFile(draft, spec);
  return [finishDraft(draft, timeZone)];
}

/** The resources of this kind that go into the job; a set with Usage "Output" is what comes out. */
function resources(root: XmlElement, name: string): XmlElement[] {
  const sets = root.children.filter(
    ({ name: element, attributes }) => element === 'ResourceSet' && attributes.get('Name') === name && attributes.get('Usage') !== 'Output',
  );
  return sets.flatMap(({ children }) => children.filter((child) => child.name === 'Resource'));
}

function isRoot(product: XmlElement): boolean {
  return product.attributes.get('IsRoot') === 'true';
}
