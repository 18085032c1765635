/**
 * From what another system wrote to a ticket: words, numbers and dates as people and programs write them. Every format but our own
 * JSON fills drafts, field by field, and all of them are checked alike in the end.
 */

import { cleanLine } from '../../../../shared/clean-text.ts';
import { mostFiles, mostOfJob, type Ticket, type ticketFields, ticketSchema } from '../../../../shared/ticket.ts';
import { type SaidValue, said } from '../../../../shared/words/say.ts';
import { at, quote, TicketFault } from './fault.ts';
import { fileNameOf } from './file-reference.ts';
import { type Moment, readMoment } from './moment.ts';
import { type NumberStyle, readNumber } from './read-number.ts';
import { type Issue, type Places, placeIn, sentenceOf } from './sentences.ts';

export type Draft = {
  /** For a sentence: `Line 3`; empty for a file with one ticket. */
  readonly where: SaidValue;
  readonly places: Places;
  readonly numbers: NumberStyle;
  readonly fields: Map<string, unknown>;
  readonly customer: Map<string, string>;
  readonly attributes: Map<string, string>;
  readonly files: string[];
  /** The number of its job was counted by us. */
  counted: boolean;
};

export type DraftField = (typeof ticketFields)[number] | `attributes.${string}`;

export function newDraft(from: Partial<Pick<Draft, 'where' | 'places' | 'numbers'>> = {}): Draft {
  const { where = '', places = new Map(), numbers = 'people' } = from;
  return { where, places, numbers, fields: new Map(), customer: new Map(), attributes: new Map(), files: [], counted: false };
}

/** Sets one field from its text; empty text sets nothing, and what is set already stays, except that files add up. */
export function fillField(draft: Draft, field: DraftField, written: string): void {
  const text = written.trim();
  if (text === '') return;
  if (field === 'files') draft.files.push(...splitFiles(text));
  else if (field.startsWith('customer.')) setOnce(draft.customer, field.slice('customer.'.length), text);
  else if (field.startsWith('attributes.')) setOnce(draft.attributes, field.slice('attributes.'.length), text);
  else if (field === 'quantity' || field === 'priority') setOnce(draft.fields, field, readNumber(text, draft.numbers));
  else setOnce(draft.fields, field, words[field]?.(text) ?? text);
}

type Contact = keyof typeof longestContacts;
/** As long as the ticket takes them. */
const longestContacts = { 'customer.email': 254, 'customer.phone': 60 } as const;

/** How a customer is reached is shown to fewer than attributes are: it never becomes one. */
export function isContact(field: DraftField | undefined): field is Contact {
  return field !== undefined && Object.hasOwn(longestContacts, field);
}

/** One more telephone or address stands behind the first, where there is room. */
export function addContact(draft: Draft, field: Contact, text: string): void {
  const name = field.slice('customer.'.length);
  const before = draft.customer.get(name);
  if (before === undefined) draft.customer.set(name, text);
  else if (before.length + 2 + text.length <= longestContacts[field] && !before.split(', ').includes(text))
    draft.customer.set(name, `${before}, ${text}`);
}

/** Texts of which one more loses nothing. Anything else that is said twice must be the same. */
const maySayMore = /^(?:title|product|notes|customer\.)/u;

/**
 * What a row or an element says of a field, with the `heading` it stands under. Said once more, it is either the same, or one more text, which becomes an
 * attribute (a telephone or an e-mail stands behind the first); answers the text that stands against it where it is neither.
 */
export function sayField(draft: Draft, said: Map<DraftField, string>, field: DraftField, heading: string, written: string): string | null {
  const text = written.trim();
  if (text === '') return null;
  const before = said.get(field);
  said.set(field, before ?? text);
  if (before === undefined || field === 'files') fillField(draft, field, text);
  else if (before === text) return null;
  else if (isContact(field)) addContact(draft, field, text);
  else if (maySayMore.test(field)) fillField(draft, `attributes.${heading}`, text);
  else return before;
  return null;
}

/** Takes over what `from` says and the draft does not say itself; attributes belong to one job alone. */
export function inheritFields(draft: Draft, from: Draft): void {
  for (const [field, value] of from.fields) setOnce(draft.fields, field, value);
  for (const [field, value] of from.customer) setOnce(draft.customer, field, value);
  draft.files.push(...from.files.slice(0, mostFiles + 1));
}

/** The ticket, complete and checked. Throws a TicketFault that names the field and what it must be. */
export function finishDraft(draft: Draft, timeZone: string): Ticket {
  for (const field of ['order', 'job']) checkNumber(draft, field);
  const customer = draft.customer.size > 0 ? { customer: Object.fromEntries(draft.customer) } : {};
  const given = {
    ...Object.fromEntries(draft.fields),
    ...customer,
    files: [...draft.files],
    attributes: Object.fromEntries(draft.attributes),
  };
  const moments = new Map<DateField, Moment>();
  for (const field of ['dueAt', 'startAt'] as const) {
    const moment = momentOf(field, draft.fields.get(field), timeZone);
    if (moment !== null) moments.set(field, moment);
  }
  return { ...finish(given, moments, timeZone, draft), ...(draft.counted && { counted: true }) };
}

/** Checks a ticket as it was written against the schema, reduces files to their names and dates to instants by the shop's clock. */
export function finishTicket(given: unknown, timeZone: string, where: SaidValue = ''): Ticket {
  return finish(given, new Map(), timeZone, { where, places: new Map() });
}

type DateField = 'dueAt' | 'startAt';

/** A date in words the schema does not know has been read before, and stands in `moments`. */
function finish(given: unknown, moments: ReadonlyMap<DateField, Moment>, timeZone: string, place: Pick<Draft, 'where' | 'places'>): Ticket {
  const { where, places } = place;
  const known = new Map([...moments].map(([field, { at: instant }]) => [field, instant]));
  const result = ticketSchema.safeParse(known.size === 0 ? given : { ...Object(given), ...Object.fromEntries(known) });
  if (!result.success) throw broken(where, result.error.issues, given, places);
  const ticket = result.data;
  const attributes = Object.keys(ticket.attributes).length;
  if (attributes > mostOfJob.attributes)
    throw new TicketFault(
      'TicketTooLarge',
      at(where, said('tickets.tooManyAttributes', { count: attributes, most: mostOfJob.attributes })),
    );
  const dateOf = (field: DateField): (Moment & { readonly written: string }) | null => {
    const written = ticket[field];
    if (written === undefined) return null;
    const moment = moments.get(field) ?? momentOf(field, written, timeZone);
    if (moment === null) throw broken(where, [{ code: 'custom', path: [field], message: '' }], given, places);
    return { ...moment, written: cleanLine(moments.has(field) ? String(Object(given)[field]) : written) };
  };
  const [due, start] = [dateOf('dueAt'), dateOf('startAt')];
  return {
    ...ticket,
    files: [...new Set(ticket.files.map((reference) => fileNameOf(reference, where, placeIn(places, 'files'))))],
    ...(due !== null && { dueAt: due.at, dueDayOnly: due.dayOnly, dueAtWritten: due.written }),
    ...(start !== null && { startAt: start.at, startDayOnly: start.dayOnly, startAtWritten: start.written }),
  };
}

function broken(where: SaidValue, issues: readonly Issue[], given: unknown, places: Places): TicketFault {
  const sentences = issues.slice(0, 3).map((issue) => sentenceOf(issue, given, places));
  return new TicketFault(
    'BrokenTicket',
    at(
      where,
      sentences.reduce((one, other) => said('tickets.both', { one, other })),
    ),
  );
}

function momentOf(field: DateField, written: unknown, timeZone: string): Moment | null {
  return typeof written === 'string' ? readMoment(written, field === 'dueAt' ? 'end' : 'start', timeZone) : null;
}

/** A spreadsheet turns a long number into one it can show, and the digits are gone. */
function checkNumber({ fields, where, places }: Draft, field: string): void {
  const id = fields.get(field);
  if (typeof id !== 'string') return;
  if (/^[=+@-]/u.test(id))
    throw new TicketFault('HostileTicket', at(where, said('tickets.likeFormula', { field, id: quote(id), place: placeIn(places, field) })));
  if (/^[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+$/iu.test(id) && /[.,+-]/u.test(id))
    throw new TicketFault('BrokenTicket', at(where, said('tickets.shortened', { field, id: quote(id), place: placeIn(places, field) })));
}

const printFile = /\.(?:pdf|ps|eps|ai|tiff?|jpe?g|png|zip)$/iu;

/** A bar and a new line part names always; a comma or semicolon only where each part is the name of a print file. */
function splitFiles(text: string): string[] {
  return text
    .split(/[|\r\n]+/u)
    .flatMap((piece) => {
      const parts = piece.split(/[;,]/u).map((part) => part.trim());
      return parts.length > 1 && parts.every((part) => printFile.test(part)) ? parts : [piece];
    })
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const words: Readonly<Record<string, ((text: string) => unknown) | undefined>> = {
  submitted: oneOf(
    new Map([
      [true, ['true', 'wahr', 'yes', 'ja', '1', 'x']],
      [false, ['false', 'falsch', 'no', 'nein', '0']],
    ]),
  ),
  approval: oneOf(
    new Map([
      ['required', ['required', 'erforderlich', 'ja', 'yes']],
      ['given', ['given', 'approved', 'erteilt']],
      ['none', ['none', 'keine', 'nein', 'no']],
    ]),
  ),
  fulfilment: oneOf(
    new Map([
      ['collection', ['collection', 'collect', 'pickup', 'abholung', 'abholer']],
      ['delivery', ['delivery', 'shipping', 'ship', 'versand', 'lieferung']],
    ]),
  ),
};

function oneOf<Value>(spellings: ReadonlyMap<Value, readonly string[]>): (text: string) => Value | string {
  return (text) => [...spellings].find(([, known]) => known.includes(text.toLowerCase()))?.[0] ?? text;
}

function setOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}
