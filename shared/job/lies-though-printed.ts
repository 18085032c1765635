/**
 * A job is said to be printed while a file of it still lies in a hot folder: whether it was printed only people know, and the printer may print it once more. Whoever says
 * so on a screen is asked first; whoever has said it is told until the file is gone, somebody says that it is seen to, or the job has left the house. Pure.
 */
import type { DeliveryState } from '../delivery.ts';
import type { JobEvent } from '../event.ts';
import type { StatusCode } from '../status.ts';
import { isMachine } from './mover.ts';
import { becomesPrinted, isPrinted } from './place.ts';
import type { JobState } from './state.ts';

type Tracks = Pick<JobState, 'tracks'>;
/** Delivered, and not taken. */
export function liesInFolder({ state }: { readonly state: DeliveryState }): boolean {
  return state === 'delivered' || state === 'lying';
}

/** Of these deliveries those that make it doubtful that the job is printed, where this says that it is; else none. */
export function doubtful<One extends { readonly state: DeliveryState }>(
  state: Tracks,
  code: StatusCode,
  custom: string | null,
  deliveries: readonly One[],
): readonly One[] {
  return becomesPrinted(state, code, custom) ? deliveries.filter(liesInFolder) : [];
}

/** What is expected next is that the printer takes what lies there: nobody has said that it is being printed all the same. */
export function isForPrinter({ tracks }: Tracks, deliveries: readonly { readonly state: DeliveryState }[]): boolean {
  const { production } = tracks;
  if (production?.code === 'InProduction' && !isMachine(production.actor)) return false;
  return !isPrinted({ tracks }) && deliveries.some(liesInFolder);
}

/** Seq of what somebody was told and says is seen to: what lies there was taken out, or may stay. Null where nothing of the kind is said. */
export function seenToIn(data: JobEvent['data']): number | null {
  const { seenTo } = data;
  return typeof seenTo === 'number' ? seenTo : null;
}
