/** What a mapping and a ticket do not have in common: mapped places that are not in the ticket, and what stands in the ticket and is not mapped. Pure. */
import type { MappingGaps } from '../../../../shared/ticket.ts';
import type { XmlElement } from './xml-tree.ts';

/** Places that are told of each. */
const mostPlaces = 20;

type Found = { count: number; says: boolean };

/** Every path of the ticket from its outermost element, as a mapping writes it. */
function placesIn(element: XmlElement, path: string, found: Map<string, Found>): void {
  const add = (place: string, says: boolean): void => {
    const before = found.get(place);
    if (before === undefined) found.set(place, { count: 1, says });
    else {
      before.count += 1;
      before.says ||= says;
    }
  };
  add(path, element.text !== '');
  for (const [name, value] of element.attributes)
    if (!/^(?:xmlns|schemaLocation|version)$/u.test(name)) add(`${path}/@${name}`, value !== '');
  for (const child of element.children) placesIn(child, `${path}/${child.name}`, found);
}

/** `stepsFrom`: how the reader takes a path below an element of this name. */
export function gapsOf(
  root: XmlElement,
  mapping: Readonly<Record<string, string>>,
  stepsFrom: (outermost: string, path: string) => readonly string[],
): MappingGaps {
  const found = new Map<string, Found>();
  placesIn(root, root.name, found);
  const jobs = mapping['jobs'] === undefined ? [] : stepsFrom(root.name, mapping['jobs']);
  const below = (around: readonly string[], path: string): string => [...around, ...stepsFrom(around.at(-1) ?? root.name, path)].join('/');
  const readAt = (field: string, path: string): string[] => [
    below([root.name], path),
    ...(jobs.length === 0 || field === 'jobs' ? [] : [below([root.name, ...jobs], path)]),
  ];
  const fields = Object.entries(mapping).map(([field, path]) => ({ field, path, places: readAt(field, path) }));
  const read = new Set(fields.flatMap(({ places }) => places));
  return {
    notFound: fields.filter(({ places }) => !places.some((place) => found.has(place))).map(({ field, path }) => ({ field, path })),
    unread: [...found]
      .filter(([place, { says }]) => says && !read.has(place))
      .slice(0, mostPlaces)
      .map(([path, { count }]) => ({ path, count })),
    places: [...found]
      .filter(([, { says }]) => says)
      .slice(0, mostPlaces)
      .map(([path]) => path),
  };
}
