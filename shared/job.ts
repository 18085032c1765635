/** A job: one line of an order, as every screen and every outside system sees it. */
import { z } from 'zod';
import { deliveryStateNames } from './delivery.ts';
import { statusCodeSchema } from './event.ts';
import { toldAttentionSchema } from './job/say-attention.ts';
import { stageSchema, standingSchema } from './job/state.ts';
import { foundSchema } from './said.ts';
import { type Track, trackNames } from './status.ts';
import { customerSchema, fulfilmentSchema } from './ticket.ts';

export const jobFileSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  version: z.number().int().positive().describe('1 for the first content under this name, then 2, 3 ...'),
  current: z.boolean().describe('False once a newer version replaced it'),
  size: z.number().int().nonnegative().describe('Bytes'),
  sha256: z.string().describe('Lower-case hex'),
  type: z.string().describe('File name extension in lower case, without the dot'),
  arrivedAt: z.iso.datetime(),
});
export type JobFile = z.infer<typeof jobFileSchema>;

export const deliverySchema = z.object({
  id: z.number().int().positive(),
  fileId: z.number().int().positive().nullable().describe('Null for a file that another program put into the hot folder'),
  hotFolderId: z.number().int().positive(),
  hotFolder: z.string(),
  name: z.string().describe('Final file name in the hot folder'),
  state: z.enum(deliveryStateNames),
  send: z.number().int().positive().describe('1 for the first send of this content to this folder, then counted up by each re-send'),
  tries: z.number().int().nonnegative(),
  reasonCode: z.string().nullable(),
  raw: z.string().nullable(),
  found: foundSchema,
  nextTryAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** Another job, as it is named to people. */
export const jobLinkSchema = z.object({ id: z.number().int().positive(), number: z.string() });
export type JobLink = z.infer<typeof jobLinkSchema>;

export const jobSchema = z.object({
  id: z.number().int().positive(),
  number: z.string().describe('ORDER-JOB; ORDER/JOB where the job has a dash itself, so that no two jobs show the same number'),
  order: z.string(),
  job: z.string(),
  title: z.string(),
  product: z.string().nullable(),
  quantity: z.number().int().positive().nullable().describe('Pieces'),
  customer: customerSchema.nullable(),
  dueAt: z.iso.datetime().nullable(),
  dueAtWritten: z.string().nullable().describe('As the ticket wrote it'),
  dueDayOnly: z.boolean().describe('A day without a time was written: `dueAt` is the end of that day in the shop'),
  readyBy: z.iso
    .datetime()
    .nullable()
    .optional()
    .describe(
      'When it must be ready: the last moment at or before `dueAt` at which the shop is open by its `calendar`, and `dueAt` itself while that says nothing; null where it is due at no time. It changes with the calendar, which is no change of the job',
    ),
  startAt: z.iso.datetime().nullable(),
  startAtWritten: z.string().nullable().describe('As the ticket wrote it'),
  startDayOnly: z.boolean().describe('A day without a time was written: `startAt` is the start of that day in the shop'),
  fulfilment: fulfilmentSchema.nullable(),
  priority: z.number().int(),
  notes: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  status: statusCodeSchema,
  custom: z.string().nullable(),
  statusAt: z.iso.datetime().nullable(),
  stage: stageSchema,
  tracks: z.partialRecord(z.enum(trackNames as readonly [Track, ...Track[]]), standingSchema),
  attention: z.array(toldAttentionSchema),
  hotFolder: z.string().nullable().describe('Name of the hot folder the job went or goes to'),
  hotFolderId: z.number().int().positive().nullable(),
  missing: z.array(z.string()).describe('Files a ticket names that have not come yet'),
  files: z.array(jobFileSchema),
  deliveries: z.array(deliverySchema),
  partOf: z
    .number()
    .int()
    .nullable()
    .describe('The job that has its files and deliveries now, since a ticket said whose they are; else null'),
  reprintOf: jobLinkSchema
    .nullable()
    .default(null)
    .describe('The job of which this one prints `quantity` pieces again; null for every other job'),
  reprints: z.array(jobLinkSchema).default([]).describe('Jobs that print pieces of this one again, the oldest first'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  lastSeq: z.number().int().describe('seq of the newest event of this job'),
  revision: z
    .number()
    .int()
    .nonnegative()
    .describe(
      'Of two answers or pushes that tell of a job the one with the larger revision was read later, and stands; it says nothing else',
    ),
});
export type Job = z.infer<typeof jobSchema>;
