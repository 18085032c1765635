/** How many pieces were printed well and how many were spoilt, as somebody counted them: kept with the event that says where the job is then. Pure. */
import { z } from 'zod';
import type { JobEvent } from '../event.ts';

const pieces = z.number().int().min(0).max(1_000_000_000);

/** `ordered`: as it stood when they were counted. */
export const countsSchema = z.object({ good: pieces, waste: pieces, ordered: pieces.nullable() });
export type Counts = Readonly<z.infer<typeof countsSchema>>;

export function countData(counts: Counts): JobEvent['data'] {
  return { counts: { ...counts } };
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
