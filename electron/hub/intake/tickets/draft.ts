/**
 * From what another system wrote to a ticket: words, numbers and dates as people and programs write them. Every format but our own
 * JSON fills a draft, field by field; `finishTicket` checks all of them alike.
 */

import { type Ticket, ticketSchema } from '../../../../shared/ticket.ts';
import { quote, TicketFault } from './fault.ts';
import { fileNameOf } from './file-reference.ts';

export type Draft = {
  readonly fields: Map<string, unknown>;
  readonly customer: Map<string, string>;
  readonly attributes: Map<string, string>;
  readonly files: string[];
};

export const draftFields = [
  'order',
  'job',
  'title',
  'product',
  'quantity',
  'customer.name',
  'customer.email',
  'customer.phone',
  'customer.company',
  'files',
  'dueAt',
  'startAt',
  'submitted',
  'approval',
  'fulfilment',
  'priority',
  'notes',
] as const;
export type DraftField = (typeof draftFields)[number] | `attributes.${string}`;

const mostFiles = 500;
const mostAttributes = 500;

export function newDraft(): Draft {
  return { fields: new Map(), customer: new Map(), attributes: new Map(), files: [] };
}

/** Sets one field from its text; empty text sets nothing, and what is set already stays, except that files add up. */
export function fillField(draft: Draft, field: DraftField, written: string): void {
  const text = written.trim();
  if (text === '') return;
  if (field === 'files')
    draft.files.push(
      ...text
        .split('|')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
  else if (field.startsWith('customer.')) setOnce(draft.customer, field.slice('customer.'.length), text);
  else if (field.startsWith('attributes.')) setOnce(draft.attributes, field.slice('attributes.'.length), text);
  else setOnce(draft.fields, field, readers[field]?.(text) ?? text);
}

/** Takes over what `from` says and the draft does not say itself; attributes belong to one job alone. */
export function inheritFields(draft: Draft, from: Draft): void {
  for (const [field, value] of from.fields) setOnce(draft.fields, field, value);
  for (const [field, value] of from.customer) setOnce(draft.customer, field, value);
  draft.files.push(...from.files.slice(0, mostFiles + 1));
}

/**
 * The ticket, complete and checked. Throws a TicketFault that names the field and what it must be.
 *
 * @param where the place for the sentence, such as `Line 3`; empty for a file with one ticket
 */
export function finishDraft(draft: Draft, where = ''): Ticket {
  for (const field of ['order', 'job']) {
    const id = draft.fields.get(field);
    if (typeof id === 'string' && /^[=+@-]/u.test(id))
      throw new TicketFault('HostileTicket', `${at(where)}The ${field} ${quote(id)} begins like a formula.`);
  }
  const customer = draft.customer.size > 0 ? { customer: Object.fromEntries(draft.customer) } : {};
  return finishTicket(
    { ...Object.fromEntries(draft.fields), ...customer, files: [...draft.files], attributes: Object.fromEntries(draft.attributes) },
    where,
  );
}

/** Checks a ticket as it was written against the schema, reduces files to their names and dates to UTC. */
export function finishTicket(written: unknown, where = ''): Ticket {
  const result = ticketSchema.safeParse(written);
  if (!result.success)
    throw new TicketFault(
      'BrokenTicket',
      at(where) +
        result.error.issues
          .slice(0, 3)
          .map((issue) => sentenceOf(issue, written))
          .join(' '),
    );
  const ticket = result.data;
  const attributes = Object.keys(ticket.attributes).length;
  if (attributes > mostAttributes)
    throw new TicketFault('TicketTooLarge', `${at(where)}${attributes} attributes; a job has at most ${mostAttributes}.`);
  return {
    ...ticket,
    files: [...new Set(ticket.files.map(fileNameOf))],
    ...(ticket.dueAt === undefined ? {} : { dueAt: toUtc(ticket.dueAt, 'dueAt', where) }),
    ...(ticket.startAt === undefined ? {} : { startAt: toUtc(ticket.startAt, 'startAt', where) }),
  };
}

const id = 'a number, or letters, digits, dot, dash and underscore, at most 60';
const moment = 'a date such as 2026-11-24 or 2026-11-24T14:00:00+01:00';
const expected: ReadonlyMap<string, string> = new Map([
  ['order', id],
  ['job', id],
  ['title', 'text of 1 to 200 characters'],
  ['product', 'text of 1 to 200 characters'],
  ['quantity', 'a whole number from 1 to 1,000,000,000'],
  ['customer', 'an object with name, email, phone and company'],
  ['files', `a list of file names, at most ${mostFiles}`],
  ['dueAt', moment],
  ['startAt', moment],
  ['submitted', 'true or false'],
  ['approval', '"required", "given" or "none"'],
  ['fulfilment', '"collection" or "delivery"'],
  ['priority', 'a whole number from -100 to 100'],
  ['notes', 'text of at most 5000 characters'],
  ['attributes', 'an object of names with texts, numbers, true or false'],
]);

type Issue = { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] };

function sentenceOf(issue: Issue, written: unknown): string {
  const path = issue.path.map(String);
  const [field = ''] = path;
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys?.map(quote).join(', ')} is not a field of a ticket; own fields go into "attributes".`;
  const form = path.length === 1 ? expected.get(field) : undefined;
  if (field === '') return 'A ticket must be an object with at least "order".';
  const value: unknown =
    typeof written === 'object' && written !== null && path.length === 1
      ? Object.entries(written).find(([key]) => key === field)?.[1]
      : undefined;
  if (path.length === 1 && value === undefined) return `"${field}" is missing; it must be ${form}.`;
  const found = typeof value === 'string' || typeof value === 'number' ? `, not ${quote(String(value))}` : '';
  return form === undefined ? `${quote(path.join('.'))}: ${issue.message}.` : `"${field}" must be ${form}${found}.`;
}

const readers: Readonly<Record<string, ((text: string) => unknown) | undefined>> = {
  quantity: readNumber,
  priority: readNumber,
  submitted: oneOf(
    new Map([
      [true, ['true', 'yes', 'ja', '1', 'x']],
      [false, ['false', 'no', 'nein', '0']],
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
  dueAt: readDate,
  startAt: readDate,
};

/** `1.000`, `1,000`, `1 000` and `1'000` are a thousand everywhere; `500,00` is five hundred. What is left over the schema refuses. */
function readNumber(text: string): unknown {
  const digits = /^-?[0-9]{1,3}(?:([.,' \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:[.,]0{1,2})?$/u.test(text)
    ? text.replace(/[.,]0{1,2}$/u, '').replaceAll(/[^0-9-]/gu, '')
    : text.replace(/[.,]0{1,2}$/u, '');
  return /^-?[0-9]{1,12}$/u.test(digits) ? Number(digits) : text;
}

/** ISO with a blank for the T, without zone (taken as UTC), and `24.11.2026 14:00`. */
function readDate(text: string): string {
  const german = /^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:,? +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$/u.exec(text);
  const iso =
    german === null
      ? text
      : `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}${german[4] === undefined ? '' : `T${german[4].padStart(5, '0')}`}`;
  const joined = iso.replace(/^([0-9]{4}-[0-9]{2}-[0-9]{2}) +/u, '$1T');
  const timed = joined.replace(/(T[0-9]{2}:[0-9]{2})(?=$|Z|[+-])/u, '$1:00');
  return /^[^T]*T[0-9:.]+$/u.test(timed) ? `${timed}Z` : timed;
}

function oneOf<Value>(words: ReadonlyMap<Value, readonly string[]>): (text: string) => Value | string {
  return (text) => [...words].find(([, spellings]) => spellings.includes(text.toLowerCase()))?.[0] ?? text;
}

function toUtc(written: string, field: string, where: string): string {
  const time = new Date(written);
  if (Number.isNaN(time.getTime()))
    throw new TicketFault('BrokenTicket', `${at(where)}"${field}" must be ${moment}, not ${quote(written)}.`);
  return time.toISOString();
}

function setOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

function at(where: string): string {
  return where === '' ? '' : `${where}: `;
}
