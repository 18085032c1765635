/**
 * How many pieces of a job were printed well and how many were spoilt, all in all, as somebody counted them: kept with the event that says where the job is then.
 * Whoever counts the rest counts what came out now; what was counted before is added to it. Pure.
 */
import { z } from 'zod';
import type { JobEvent } from '../event.ts';
import type { JobState } from './state.ts';

/** Of any size: what one counts with one hand is read again by the other, or it would be lost. */
const pieces = z.number().int().min(0);

/** `ordered`: as it stood when they were counted. */
export const countsSchema = z.object({ good: pieces, waste: pieces, ordered: pieces.nullable() });
export type Counts = Readonly<z.infer<typeof countsSchema>>;

const givenSchema = countsSchema.extend({ after: z.number().int().optional() });
/** `after`: seq of the event whose counts these go on from, 0 where nothing was counted before. Left out they are believed, whatever was counted. */
export type GivenCounts = Readonly<z.infer<typeof givenSchema>>;

/** What somebody gives as counts; null where it is none. */
export function readGiven(value: unknown): GivenCounts | null {
  const { good, waste, ordered, after } = givenSchema.safeParse(value).data ?? {};
  if (good === undefined || waste === undefined || ordered === undefined) return null;
  return { good, waste, ordered, ...(after !== undefined && { after }) };
}

/** What was counted of a job, by which event. */
export type CountedBefore = Counts & { readonly seq: number };

export function countedBefore({ tracks: { production } }: Pick<JobState, 'tracks'>): CountedBefore | null {
  if (production?.counts !== undefined) return { ...production.counts, seq: production.seq };
  return production?.counted ?? null;
}

/** The whole, with what came out now. */
export function addUp(before: CountedBefore | null, now: Counts): GivenCounts {
  if (before === null) return { ...now, after: 0 };
  return { good: before.good + now.good, waste: before.waste + now.waste, ordered: now.ordered, after: before.seq };
}

/** They go on from a count that is no longer the last one: added up they would be wrong. */
export function isOvertaken(state: Pick<JobState, 'tracks'>, data: JobEvent['data']): boolean {
  const after = readGiven(data['counts'])?.after;
  return after !== undefined && after !== (countedBefore(state)?.seq ?? 0);
}

export function countData({ good, waste, ordered, after }: GivenCounts): JobEvent['data'] {
  return { counts: { good, waste, ordered, ...(after !== undefined && { after }) } };
}

/** What was counted with this event; null where nothing was. */
export function countsIn(data: JobEvent['data']): Counts | null {
  const read = countsSchema.safeParse(data['counts']);
  return read.success ? read.data : null;
}

/** How many good ones are missing; below 0: so many more than ordered. 0 where nobody knows how many were ordered. */
export function shortBy({ good, ordered }: Counts): number {
  return ordered === null ? 0 : ordered - good;
}
