/** What a later ticket says otherwise than the job knew: old and new value, for the history. Pure. */
import { z } from 'zod';
import type { JobEvent } from '../event.ts';
import type { Job } from '../job.ts';
import { nameKey } from '../name-key.ts';
import type { Ticket } from '../ticket.ts';

type Described = Pick<
  Job,
  | 'title'
  | 'product'
  | 'quantity'
  | 'customer'
  | 'dueAt'
  | 'dueAtWritten'
  | 'dueDayOnly'
  | 'startAt'
  | 'startAtWritten'
  | 'startDayOnly'
  | 'fulfilment'
  | 'priority'
  | 'notes'
  | 'attributes'
>;

/**
 * `field`: of the job, or `attributes.NAME`. Dates are instants, a day without a time as it was written. Both null: it is another now, and too long or too
 * personal for a history that keeps it for ever.
 */
export type Change = Readonly<z.infer<typeof changeSchema>>;

/** The words of English sentences; screens have their own. */
const words: Readonly<Record<string, string>> = {
  dueAt: 'due date',
  startAt: 'start date',
  fulfilment: 'hand-over',
  contact: 'contact of the customer',
};
/** Values the printing itself depends on. */
const printed: ReadonlySet<string> = new Set(['product', 'quantity']);
const longest = 200;
const mostChanges = 30;

function dateOf(at: string | null, written: string | null, dayOnly: boolean): string | null {
  return dayOnly ? (written ?? at) : at;
}

function joined(...texts: readonly (string | undefined)[]): string | null {
  return texts.filter((text) => text !== undefined && text !== '').join(', ') || null;
}

function cut(value: Change['before']): Change['before'] {
  return typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
}

/** `same`: by what it is told from another, where that is not the value itself. */
type Value = { readonly field: string; readonly value: Change['before']; readonly same?: string | null };

function valuesOf(job: Described): readonly Value[] {
  const { title, product, quantity, customer, fulfilment, priority, attributes } = job;
  return [
    { field: 'title', value: title },
    { field: 'product', value: product },
    { field: 'quantity', value: quantity },
    { field: 'customer', value: joined(customer?.name, customer?.company) },
    { field: 'dueAt', value: dateOf(job.dueAt, job.dueAtWritten, job.dueDayOnly), same: job.dueAt },
    { field: 'startAt', value: dateOf(job.startAt, job.startAtWritten, job.startDayOnly), same: job.startAt },
    { field: 'fulfilment', value: fulfilment },
    { field: 'priority', value: priority },
    ...Object.entries(attributes).map(([name, value]) => ({ field: `attributes.${name}`, value })),
  ];
}

export function changesBetween(before: Described, after: Described): Change[] {
  const known = new Map(valuesOf(before).map((one) => [one.field, one]));
  const changes = valuesOf(after).flatMap(({ field, value, same = value }): Change[] => {
    const was: Omit<Value, 'field'> = known.get(field) ?? { value: null };
    return (was.same === undefined ? was.value : was.same) === same ? [] : [{ field, before: cut(was.value), after: cut(value) }];
  });
  const contactOf = ({ customer }: Described): string | null => joined(customer?.email, customer?.phone);
  for (const [field, isOther] of [
    ['contact', contactOf(before) !== contactOf(after)],
    ['notes', before.notes !== after.notes],
  ] as const)
    if (isOther) changes.push({ field, before: null, after: null });
  return changes.slice(0, mostChanges);
}

/** What the job is once this ticket has described it: what it leaves out stays. */
function described(job: Described, ticket: Ticket): Described {
  const { title, product, quantity, fulfilment, priority, notes } = ticket;
  const given = Object.entries({ title, product, quantity, fulfilment, priority, notes }).filter(([, value]) => value !== undefined);
  return {
    ...job,
    ...Object.fromEntries(given),
    ...(ticket.customer !== undefined && { customer: { ...job.customer, ...ticket.customer } }),
    ...(ticket.dueAt !== undefined && { dueAt: new Date(ticket.dueAt).toISOString() }),
    ...(ticket.startAt !== undefined && { startAt: new Date(ticket.startAt).toISOString() }),
    attributes: { ...job.attributes, ...ticket.attributes },
  };
}

/** Does a ticket say anything otherwise than the job knows, or name a file that no ticket of it named? */
export function saysOtherwise(job: Described & { readonly ticketFiles: readonly string[] }, ticket: Ticket): boolean {
  const names = new Set(job.ticketFiles.map(nameKey));
  return ticket.files.some((name) => !names.has(nameKey(name))) || changesBetween(job, described(job, ticket)).length > 0;
}

function wordOf(field: string): string {
  return words[field] ?? field.replace(/^attributes\./u, '');
}

function valueWord(value: Change['before']): string {
  return value === null ? 'nothing' : String(value);
}

/** "quantity from 500 to 20, product from Flyer to Poster" */
export function changeWords(changes: readonly Change[]): string {
  return changes
    .map(({ field, before, after }) =>
      before === null && after === null ? wordOf(field) : `${wordOf(field)} from ${valueWord(before)} to ${valueWord(after)}`,
    )
    .join(', ');
}

/** "500 → 20; Flyer → Poster": in no language. */
export function changeSigns(changes: readonly Change[]): string {
  return changes.map(({ before, after }) => `${before ?? '–'} → ${after ?? '–'}`).join('; ');
}

/** Those that matter to whoever prints it, or has. */
export function changesOfPrint(changes: readonly Change[]): Change[] {
  return changes.filter(({ field }) => printed.has(field));
}

const changeSchema = z.object({
  field: z.string(),
  before: z.union([z.string(), z.number()]).nullable(),
  after: z.union([z.string(), z.number()]).nullable(),
});
const changedSchema = z.object({ changed: z.array(changeSchema) });

/** What the history keeps of them. */
export function changeData(changes: readonly Change[]): z.infer<typeof changedSchema> {
  return { changed: changes.map((change) => ({ ...change })) };
}

/** What was kept of them with an event; none where it is about something else. */
export function changesIn(data: JobEvent['data']): readonly Change[] {
  const read = changedSchema.safeParse(data);
  return read.success ? read.data.changed : [];
}
