/** A ticket: what another system says about a job, in one shape whatever the format it came in. */
import { z } from 'zod';
import { cleanLine } from './clean-text.ts';
import { plainDigits } from './job-number.ts';
import { line, lines, text } from './line.ts';
import type { ReasonCode } from './reason.ts';
import type { Said } from './words/form.ts';

const shortText = line(200).min(1);

export const customerSchema = z.object({
  name: line(200).optional(),
  email: line(254).optional(),
  phone: line(60).optional(),
  company: line(200).optional(),
});
export const fulfilmentSchema = z.enum(['collection', 'delivery']);

/** An order or job id: it goes into file names and is read aloud, so letters, digits, dot, dash and underscore only. */
export const orderIdSchema = text(60, (written) => plainDigits(cleanLine(written)))
  .trim()
  .regex(/^[\p{L}0-9][\p{L}0-9._-]{0,59}$/u, 'letters, digits, dot, dash and underscore, at most 60');

/** What a choice of forms says of anything else; the words tables know it again by its letters. */
const notMoment = 'must be a date such as 2026-11-24 or 2026-11-24T14:00:00+01:00';
const notValue = 'must be text, a number, true or false';

const moment = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], { error: notMoment })
  .describe("ISO 8601. Without a zone it is the shop's time; a day without a time is the end of that day there (a start: its start)");

/** What a file of another system may fill, beside `attributes.NAME`. */
export const ticketFields = [
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

/** Most names a ticket gives. */
export const mostFiles = 500;
/** What one attribute says; more is refused. */
export const longestAttribute = 1000;
/** What one job may come to by all its tickets, files and sends together. */
export const mostOfJob = { names: 1000, attributes: 500, files: 1000, deliveries: 4000 } as const;

/** Our own JSON ticket, published in the API. Ids may be numbers; unknown fields are an error, so that a typing mistake is seen. */
export const ticketSchema = z.strictObject({
  order: z.union([orderIdSchema, z.number().int().nonnegative().transform(String)]),
  job: z.union([orderIdSchema, z.number().int().nonnegative().transform(String)]).default('1'),
  title: shortText.optional(),
  product: shortText.optional(),
  quantity: z.number().int().positive().max(1_000_000_000).optional(),
  customer: customerSchema.optional(),
  files: z.array(z.string().min(1).max(255)).max(mostFiles).default([]).describe('Names of the files of this job, without folder'),
  dueAt: moment.optional(),
  startAt: moment.optional().describe('Not to be started before; makes it a FutureOrder'),
  submitted: z
    .boolean()
    .optional()
    .describe('false: still in the basket. Left out: as an earlier ticket of the job said; of its first, true'),
  approval: z
    .enum(['required', 'given', 'none'])
    .optional()
    .describe('required: UnapprovedOrder until approved. Left out: as an earlier ticket of the job said; of its first, none'),
  fulfilment: fulfilmentSchema.optional(),
  priority: z.number().int().min(-100).max(100).optional().describe('Higher goes first; 0 where no ticket says it'),
  notes: lines(5000).optional(),
  attributes: z
    .record(
      text(100, cleanLine).min(1).max(100),
      z.union([lines(longestAttribute), z.number(), z.boolean()], { error: notValue }).transform(String),
    )
    .default({})
    .describe('Anything rules may look at: size, material ...'),
});
/** Once it is read its dates are instants, and what was written stands beside them. */
export type Ticket = z.output<typeof ticketSchema> & {
  readonly dueAtWritten?: string;
  readonly dueDayOnly?: boolean;
  readonly startAtWritten?: string;
  readonly startDayOnly?: boolean;
  /** The number of its job is not written there: it was counted among those of its order in this one file. */
  readonly counted?: true;
};
export type TicketInput = z.input<typeof ticketSchema>;

/** What the mapping of the settings and an XML ticket do not have in common; no more than 20 places each. */
export type MappingGaps = {
  /** Mapped places that are not in the ticket. */
  readonly notFound: readonly { readonly field: string; readonly path: string }[];
  /** Places that say something and are not mapped, and how often each is there. */
  readonly unread: readonly { readonly path: string; readonly count: number }[];
  /** All that say something. */
  readonly places: readonly string[];
};

/** One ticket file may speak of several jobs (CSV: one a row). */
export type TicketResult =
  | {
      readonly ok: true;
      readonly tickets: readonly [Ticket, ...Ticket[]];
      /** The encoding, where the file did not say it and it had to be judged: to be told. */
      readonly readAs: string | null;
    }
  | {
      readonly ok: false;
      readonly code: Extract<ReasonCode, 'BrokenTicket' | 'HostileTicket' | 'TicketTooLarge'>;
      /** In English. */
      readonly detail: string;
      readonly said: Said;
    };
