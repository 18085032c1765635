/** Which hot folder a job belongs to. The first rule whose conditions all hold decides; where none fits nobody guesses. */
import type { Rule } from './hot-folder.ts';
import type { Job } from './job.ts';

export type RoutedJob = Pick<Job, 'product' | 'quantity' | 'attributes' | 'customer'>;

export type Route =
  | { readonly kind: 'hotFolder'; readonly hotFolderId: number; readonly rule: Rule }
  | { readonly kind: 'skip'; readonly rule: Rule }
  | { readonly kind: 'none' };

/**
 * Tries the rules from the lowest position, equal positions by id. A condition on something the job does not have does not hold.
 *
 * @param type the file's extension in lower case, without the dot
 */
export function chooseHotFolder(rules: readonly Rule[], job: RoutedJob, type: string): Route {
  const rule = inOrder(rules).find((candidate) => holds(candidate.conditions, job, type));
  if (rule === undefined) return { kind: 'none' };
  return rule.hotFolderId === null ? { kind: 'skip', rule } : { kind: 'hotFolder', hotFolderId: rule.hotFolderId, rule };
}

type Placed = Pick<Rule, 'id' | 'position'>;

function inOrder<One extends Placed>(rules: readonly One[]): One[] {
  return rules.toSorted((one, other) => one.position - other.position || one.id - other.id);
}

/** Does it take whatever comes, so that none behind it is ever asked? */
function takesAll(conditions: Rule['conditions']): boolean {
  return Object.values(conditions).every((condition) => condition === undefined || (Array.isArray(condition) && condition.length === 0));
}

/** What a rule asks of one text of a job: one of its patterns must fit. */
type Asked = { readonly of: string; readonly patterns: readonly string[] };

function askedOf({ product, size, material, customer, attribute }: Rule['conditions']): Asked[] {
  const all = [
    { of: 'product', patterns: product },
    { of: 'customer', patterns: customer },
    { of: 'attribute size', patterns: size },
    { of: 'attribute material', patterns: material },
    { of: `attribute ${plain(attribute?.name ?? '')}`, patterns: attribute?.values },
  ];
  return all.flatMap(({ of, patterns = [] }) => (patterns.length === 0 ? [] : [{ of, patterns }]));
}

/** Stands for whatever a star may be: no pattern has it but behind a star of its own. */
const anything = '\uE000';

/** Does each text that fits one of `narrow` fit one of `wide`? No is said as well where that cannot be told. */
function covers(wide: readonly string[], narrow: readonly string[]): boolean {
  return narrow.every((pattern) => piecesOf(wide).some((pieces) => matches(pieces, plain(pattern).replaceAll('*', anything))));
}

/** Does every job for which `narrow` holds fulfil `wide`? No is said as well where that cannot be told. */
function takesAllOf(wide: Rule['conditions'], narrow: Rule['conditions']): boolean {
  const asked = askedOf(narrow);
  const { quantityFrom: from, quantityTo: to, type: types = [] } = wide;
  return (
    askedOf(wide).every(({ of, patterns }) => asked.some((one) => one.of === of && covers(patterns, one.patterns))) &&
    (from === undefined || (narrow.quantityFrom !== undefined && narrow.quantityFrom >= from)) &&
    (to === undefined || (narrow.quantityTo !== undefined && narrow.quantityTo <= to)) &&
    (types.length === 0 || ((narrow.type ?? []).length > 0 && (narrow.type ?? []).every((type) => types.includes(type))))
  );
}

type Ordered = Pick<Rule, 'id' | 'position' | 'conditions'>;

/** Rules to which no job ever comes, each with the earlier one that takes whatever it would: somebody has put that before it. */
export function neverReached<One extends Ordered>(rules: readonly One[]): ReadonlyMap<number, One> {
  const placed = inOrder(rules);
  return new Map(
    placed.flatMap((rule, at) => {
      const first = placed.slice(0, at).find((earlier) => takesAllOf(earlier.conditions, rule.conditions));
      return first === undefined ? [] : [[rule.id, first] as const];
    }),
  );
}

/** Where a rule goes that nobody has given a place: behind the others, but before those at the end that take every job. */
export function placeOfNew(rules: readonly Pick<Rule, 'id' | 'position' | 'conditions'>[], conditions: Rule['conditions']): number {
  const placed = inOrder(rules);
  const behind = (placed.at(-1)?.position ?? 0) + 1;
  if (takesAll(conditions)) return behind;
  const lastWithConditions = placed.findLastIndex((rule) => !takesAll(rule.conditions));
  return placed[lastWithConditions + 1]?.position ?? behind;
}

function holds(conditions: Rule['conditions'], job: RoutedJob, type: string): boolean {
  const { product, size, material, quantityFrom, quantityTo, customer, attribute, type: types } = conditions;
  return (
    fits(product, [job.product]) &&
    fits(size, [attributeOf(job, 'size')]) &&
    fits(material, [attributeOf(job, 'material')]) &&
    fits(customer, [job.customer?.name, job.customer?.company]) &&
    (attribute === undefined || fits(attribute.values, [attributeOf(job, attribute.name)])) &&
    (quantityFrom === undefined || (job.quantity !== null && job.quantity >= quantityFrom)) &&
    (quantityTo === undefined || (job.quantity !== null && job.quantity <= quantityTo)) &&
    (types === undefined || types.length === 0 || types.includes(type.toLowerCase()))
  );
}

/** Left out or emptied on the screen: no such condition, as with the types a hot folder accepts. */
function fits(patterns: readonly string[] | undefined, values: readonly (string | null | undefined)[]): boolean {
  if (patterns === undefined || patterns.length === 0) return true;
  const texts = values.flatMap((value) => (value === null || value === undefined ? [] : [plain(value)]));
  return texts.length > 0 && piecesOf(patterns).some((pieces) => texts.some((text) => matches(pieces, text)));
}

function attributeOf(job: RoutedJob, name: string): string | undefined {
  const wanted = plain(name);
  return Object.entries(job.attributes).find(([key]) => plain(key) === wanted)?.[1];
}

/** Piece by piece instead of by a regular expression: many stars in a pattern must not cost more than many letters. */
function matches([first = '', ...rest]: readonly string[], text: string): boolean {
  const [others, last] = [rest.slice(0, -1), rest.at(-1)];
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

const known = new WeakMap<readonly string[], readonly (readonly string[])[]>();

/** What stands between the stars. Rules are asked for each file and seldom change. */
function piecesOf(patterns: readonly string[]): readonly (readonly string[])[] {
  const pieces = known.get(patterns) ?? patterns.map((pattern) => plain(pattern).split('*'));
  known.set(patterns, pieces);
  return pieces;
}

function plain(text: string): string {
  return text.trim().normalize('NFC').toLowerCase();
}
