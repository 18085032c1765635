/**
 * Pieces of a job are to be printed again: whether that makes sense, what the history of both jobs says of it, and the number of the new one. The first job stays as it
 * is, wherever it stands. Pure.
 */
import type { DeliveryState } from '../delivery.ts';
import type { NewEvent } from '../event.ts';
import { said } from '../words/say.ts';
import type { ReprintMade, ReprintWish } from './command.ts';
import type { Context, Decision, OrderFacts } from './decide.ts';
import { outputEvents } from './decide-arrival.ts';
import { incomplete, refuse, sameMomentMs } from './decide-wish.ts';
import { inHistory } from './in-history.ts';
import { isAgreed, isHeld, isJoined, isOrdered } from './may-say.ts';
import { engine } from './mover.ts';
import { placeOf } from './place.ts';
import { rankOf } from './rank.ts';
import { isInsistedOn, type RefusalName } from './refusals.ts';
import type { JobState } from './state.ts';

/** Pieces of one reprint: more is a slip of a finger. */
export const mostReprinted = 1_000_000;
/** Each job names its reprints, and is told to every screen. */
export const mostReprints = 100;

const taken: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['taken', 'printed']);
/** There it lies at a printer that has not begun with it. */
const lies = rankOf('InHotFolder', null) ?? 0;

/** Has a printer taken a file of the job? */
export function isTaken(deliveries: readonly { readonly state: DeliveryState }[]): boolean {
  return deliveries.some(({ state }) => taken.has(state));
}

/** What stands against printing pieces of it again; null when nothing does. Nobody may insist on any of it. */
export function objectionToReprint(state: Pick<JobState, 'tracks'>, wasTaken: boolean): RefusalName | null {
  if (isJoined(state)) return 'partOfAnother';
  if (isHeld(state)) return 'blocked';
  if (!isOrdered(state)) return 'sendUnordered';
  if (!isAgreed(state)) return 'sendUnapproved';
  const place = placeOf(state);
  const wasAtPress = wasTaken || (place !== null && (rankOf(place.code, place.custom) ?? 0) > lies);
  return wasAtPress ? null : 'reprintNotBegun';
}

/**
 * The number of the next reprint within its order: `2R1`, `2R2` ... of job `2`, the first that no job has. A reprint of a reprint is counted on from the job that was
 * ordered. Tickets count in plain numbers, so none comes upon it by counting.
 *
 * @param ordered the job that was ordered
 * @param known numbers of the order
 */
export function reprintNumber(ordered: string, known: readonly string[]): string {
  const all = new Set(known);
  let count = 1;
  while (all.has(`${ordered}R${count}`)) count += 1;
  return `${ordered}R${count}`;
}

export function decideReprint({ state }: OrderFacts, wish: ReprintWish, { now, mover }: Context): Decision {
  const { quantity, reason, becomes, wasTaken = false, ordered, lastReprint, force = false } = wish;
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > mostReprinted)
    return incomplete(said('refusals.reprintQuantity', { most: mostReprinted }));
  const objection = objectionToReprint(state, wasTaken);
  if (objection !== null) return refuse(objection, objection === 'blocked' ? (state.tracks.hold ?? null) : null);
  // Two who stand at the same spoilt sheets.
  if (!isInsistedOn('reprintedAlready', wish) && lastReprint !== undefined && now - Date.parse(lastReprint.at) < sameMomentMs)
    return refuse('reprintedAlready', lastReprint);
  if (!isInsistedOn('reprintMore', wish) && ordered !== undefined && quantity > ordered) return refuse('reprintMore');
  if (becomes === undefined) throw new Error(`a reprint of job ${wish.jobId} was decided that has no job of its own`);
  const { number, jobId, fileIds } = becomes;
  const data = { action: 'reprint', reprint: jobId, fileIds: [...fileIds], ...(force && { forced: true }) };
  const words = inHistory(said('history.reprintedAs', { number, count: quantity, why: reason }), data);
  const events: NewEvent[] = [{ code: 'ActionRun', at: now, actor: mover.actor, station: mover.station, ...words }];
  return { kind: 'decided', events, others: [], work: [] };
}

/** It begins like any job whose files are all there, and says of which it is. */
export function decideReprintMade({ of, quantity, reason, files }: ReprintMade, { now: at, mover }: Context): NewEvent[] {
  const words = inHistory(said('history.reprintOf', { number: of.number, count: quantity, why: reason }), { reprintOf: of.jobId });
  return [
    { code: 'Creating', at, actor: mover.actor, station: mover.station, ...words },
    ...files.map(({ name, version, size, sha256 }): NewEvent => {
      return { code: 'ArtworkUploaded', at, actor: engine.actor, data: { name, version, size, sha256 } };
    }),
    { code: 'Ordered', at, actor: engine.actor },
    ...files.flatMap((file) => outputEvents(file, at)),
  ];
}
