/** What is wrong with a field, in a sentence that says where, what it must be and what was found. Pure. */
import { mostFiles } from '../../../../shared/ticket.ts';
import { quote } from './fault.ts';
import { dateHint, momentForm } from './moment.ts';
import { isAmbiguous } from './read-number.ts';

const id = 'a number, or letters, digits, dot, dash and underscore, at most 60';
const expected: ReadonlyMap<string, string> = new Map([
  ['order', id],
  ['job', id],
  ['title', 'text of 1 to 200 characters'],
  ['product', 'text of 1 to 200 characters'],
  ['quantity', 'a whole number from 1 to 1,000,000,000'],
  ['customer', 'an object with name, email, phone and company'],
  ['files', `a list of file names, at most ${mostFiles}`],
  ['dueAt', momentForm],
  ['startAt', momentForm],
  ['submitted', 'true or false'],
  ['approval', '"required", "given" or "none"'],
  ['fulfilment', '"collection" or "delivery"'],
  ['priority', 'a whole number from -100 to 100'],
  ['notes', 'text of at most 5000 characters'],
  ['attributes', 'an object of names with texts, numbers, true or false'],
]);

export type Issue = {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

/** `column C, "Menge"` by field; a field that stands in no column is not among them. */
export type Places = ReadonlyMap<string, string>;

/** Who reads why a ticket is refused (stations, the log, a note beside the file) need not see where a customer is reached. */
const contactFields: ReadonlySet<string> = new Set(['customer', 'customer.email', 'customer.phone']);
/** An address, or a run of digits as long as a telephone number. */
const looksLikeContact = /@|(?:\p{Nd}[\s()./-]*){6}/u;

/** What a field says in two ways, for a sentence: that it does so must do where it is a contact. */
export function twoWays(field: string, one: string, other: string): readonly [string, string] {
  return contactFields.has(field) ? ['one value', 'another'] : [quote(one), quote(other)];
}

/** Headings as found; in a file without headings they are what its first row says. */
export function quoteHeadings(headings: readonly string[]): string {
  return headings.map((heading) => (looksLikeContact.test(heading) ? 'what looks like a contact' : quote(heading))).join(', ');
}

export function sentenceOf(issue: Issue, written: unknown, places: Places): string {
  const path = issue.path.map(String);
  const [field = ''] = path;
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys?.map(quote).join(', ')} is not a field of a ticket; own fields go into "attributes".`;
  if (field === '') return 'A ticket must be an object with at least "order".';
  const form = path.length === 1 ? expected.get(field) : undefined;
  const value: unknown =
    typeof written === 'object' && written !== null && path.length === 1
      ? Object.entries(written).find(([key]) => key === field)?.[1]
      : undefined;
  const place = placeIn(places, path.join('.'));
  if (path.length === 1 && value === undefined) return `"${field}" is missing${place}; it must be ${form}.`;
  const shown = (typeof value === 'string' || typeof value === 'number') && !contactFields.has(field);
  const found = shown ? `, not ${quote(String(value))}` : '';
  return form === undefined
    ? `${quote(path.join('.'))}${place}: ${issue.message}.`
    : `"${field}" must be ${form}${found}${place}.${hintFor(field, value)}`;
}

/** ` (column C, "Menge")`, or nothing. */
export function placeIn(places: Places, field: string): string {
  const place = places.get(field);
  return place === undefined ? '' : ` (${place})`;
}

function hintFor(field: string, value: unknown): string {
  if (typeof value !== 'string') return '';
  if (field === 'quantity' && isAmbiguous(value)) return ' It can be read in two ways: write it without a sign between the digits.';
  return field === 'dueAt' || field === 'startAt' ? dateHint(value) : '';
}
