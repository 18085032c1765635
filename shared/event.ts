/** One line of a job's history. History is append-only: an undo is an event that names the one it undoes. */
import { z } from 'zod';
import { statusCodes, type Track, trackNames } from './status.ts';

export const statusCodeSchema = z.enum(statusCodes);
export const trackSchema = z.enum(trackNames as readonly [Track, ...Track[]]);

/** Free data of an event: small, plain JSON. */
export const eventDataSchema = z.record(z.string().max(100), z.json());

export const eventSchema = z.object({
  seq: z.number().int().positive().describe('Position in the history of this hub; grows by one with each event'),
  jobId: z.number().int().positive(),
  code: statusCodeSchema,
  track: trackSchema,
  custom: z.string().nullable().describe('Name of the custom status, for CustomStatus and CustomStatusHidden'),
  at: z.iso.datetime().describe('ISO 8601, UTC'),
  actor: z.string().describe('Person, device or system: "system", "admin", "station Press 1", "printer press-1"'),
  station: z.string().nullable(),
  reason: z.string().nullable().describe('A sentence a person on the floor understands'),
  data: eventDataSchema.describe('On a failure: reasonCode, raw, path, errno, tries'),
  undoes: z.number().int().positive().nullable().describe('seq of the event this one undoes'),
});
export type JobEvent = z.infer<typeof eventSchema>;

/** What a caller says of an event before the store gives it a number. `at` in epoch ms. */
export type NewEvent = Pick<JobEvent, 'code'> & {
  readonly at: number;
  readonly actor: string;
  readonly custom?: string | null;
  readonly station?: string | null;
  readonly reason?: string | null;
  readonly data?: JobEvent['data'];
  readonly undoes?: number | null;
};
