/** What is wrong with a field, in a sentence that says where, what it must be and what was found. Pure. */
import { looksLikeContact } from '../../../../shared/contact.ts';
import { mostFiles } from '../../../../shared/ticket.ts';
import { recallFault } from '../../../../shared/words/recall.ts';
import { type Said, type SaidValue, said } from '../../../../shared/words/say.ts';
import { listOf, quote } from './fault.ts';
import { dateHint } from './moment.ts';
import { isAmbiguous } from './read-number.ts';

const expected: ReadonlyMap<string, Said> = new Map([
  ['order', said('tickets.formId')],
  ['job', said('tickets.formId')],
  ['title', said('tickets.formText')],
  ['product', said('tickets.formText')],
  ['quantity', said('tickets.formQuantity')],
  ['customer', said('tickets.formCustomer')],
  ['files', said('tickets.formFiles', { most: mostFiles })],
  ['dueAt', said('tickets.formMoment')],
  ['startAt', said('tickets.formMoment')],
  ['submitted', said('tickets.formBoolean')],
  ['approval', said('tickets.formApproval')],
  ['fulfilment', said('tickets.formFulfilment')],
  ['priority', said('tickets.formPriority')],
  ['notes', said('tickets.formNotes')],
  ['attributes', said('tickets.formAttributes')],
]);

export type Issue = {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

/** `column C, "Menge"` by field; a field that stands in no column is not among them. */
export type Places = ReadonlyMap<string, Said>;

/** Who reads why a ticket is refused (stations, the log, a note beside the file) need not see where a customer is reached. */
const contactFields: ReadonlySet<string> = new Set(['customer', 'customer.email', 'customer.phone']);

/** What a field says in two ways, for a sentence: that it does so must do where it is a contact. */
export function twoWays(field: string, one: string, other: string): readonly [SaidValue, SaidValue] {
  return contactFields.has(field) ? [said('tickets.oneValue'), said('tickets.anotherValue')] : [quote(one), quote(other)];
}

/** Headings as found; in a file without headings they are what its first row says. */
export function quoteHeadings(headings: readonly string[]): SaidValue {
  return listOf(headings.map((heading) => (looksLikeContact(heading) ? said('tickets.contact') : quote(heading))));
}

/** Of fields nobody knows. A list is said inside out: of very many nobody could say it. */
const mostNamed = 8;

export function sentenceOf(issue: Issue, written: unknown, places: Places): Said {
  const path = issue.path.map(String);
  const [field = ''] = path;
  if (issue.code === 'unrecognized_keys')
    return said('tickets.unknownField', { names: listOf(issue.keys?.slice(0, mostNamed).map(quote) ?? []) });
  if (field === '') return said('tickets.noObject');
  const form = path.length === 1 ? expected.get(field) : undefined;
  const value: unknown =
    typeof written === 'object' && written !== null && path.length === 1
      ? Object.entries(written).find(([key]) => key === field)?.[1]
      : undefined;
  const place = placeIn(places, path.join('.'));
  if (form !== undefined && value === undefined) return said('tickets.fieldMissing', { field, place, form });
  const shown = (typeof value === 'string' || typeof value === 'number') && !contactFields.has(field);
  const found = shown ? said('tickets.notThis', { found: quote(String(value)) }) : '';
  return form === undefined
    ? said('tickets.fieldOther', {
        path: quote(path.join('.')),
        place,
        raw: recallFault(issue.message.replace(/^Invalid (?:input|string|option): /, '')) ?? issue.message,
      })
    : said('tickets.fieldWrong', { field, form, found, place, hint: hintFor(field, value) });
}

/** ` (column C, "Menge")`, or nothing. */
export function placeIn(places: Places, field: string): SaidValue {
  const place = places.get(field);
  return place === undefined ? '' : said('tickets.place', { place });
}

function hintFor(field: string, value: unknown): SaidValue {
  if (typeof value !== 'string') return '';
  if (field === 'quantity' && isAmbiguous(value)) return said('tickets.hintTwoWays');
  return field === 'dueAt' || field === 'startAt' ? dateHint(value) : '';
}
