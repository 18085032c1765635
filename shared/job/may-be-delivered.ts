/**
 * May files of this job go to a printer now? Asked when a delivery is planned, and once more just before it is handed over. Pure.
 */
import type { StatusCode } from '../status.ts';
import { isAgreed, isHeld, isJoined, isOrdered, type JobFacts } from './may-say.ts';
import { isMachine } from './mover.ts';
import { isPrinted, placeOf } from './place.ts';
import type { RefusalName } from './refusals.ts';
import type { JobState } from './state.ts';

/** Somebody works on the files or waits for something: nothing goes by itself, but a person may send it. */
const unfinished: ReadonlySet<StatusCode> = new Set<StatusCode>([
  'AwaitingProof',
  'AwaitingData',
  'AwaitingParts',
  'ValidationFailed',
  'OutputCreationFailed',
  'RecreationRequested',
  'InArtworking',
  'InReprographics',
]);

/** A machine's word speaks of the files it had; a person's of the whole job, or of one that never came to a printer by us. */
function isMadeByHand(state: Pick<JobState, 'tracks'>): boolean {
  const place = placeOf(state);
  if (place === null || isMachine(place.actor)) return false;
  if (isPrinted(state) || place.code === 'CopyToHotFolderSkipped') return true;
  const before = state.tracks.production?.before;
  const wasAtPrinter = before?.code === 'InHotFolder' || (before?.code === 'InProduction' && before.actor === undefined);
  return place.code === 'InProduction' && before !== undefined && !wasAtPrinter;
}

/** Somebody's word keeps it from any printer: a block, a refusal, or an order or an approval that was not given. */
export function isStopped(state: Pick<JobState, 'tracks'>): boolean {
  if (isHeld(state) || !isAgreed(state)) return true;
  // A job that is just being put together is in the hands of whoever puts it together.
  return !isOrdered(state) && state.tracks.intake?.code !== 'Creating' && state.tracks.intake !== undefined;
}

/** What stands against sending by itself, by the seq of each. */
function unfinishedOf({ tracks }: Pick<JobState, 'tracks'>): readonly number[] {
  const standings = [tracks.output, tracks.production, tracks.review, tracks.review?.open];
  return standings.flatMap((standing) => (standing !== undefined && unfinished.has(standing.code) ? [standing.seq] : []));
}

/** Was something said that a person who said "send" before could not know of? */
export function endsWishes(before: Pick<JobState, 'tracks'>, after: Pick<JobState, 'tracks'>): boolean {
  const known = unfinishedOf(before);
  return unfinishedOf(after).some((seq) => !known.includes(seq));
}

export type MayBeDelivered = { readonly ok: true } | { readonly ok: false; readonly why: RefusalName };

/** @param wished a person said "send", knowing where the job stands; what nobody may insist on stops that too */
export function mayBeDelivered({ state, missing }: Pick<JobFacts, 'state' | 'missing'>, wished: boolean): MayBeDelivered {
  const no = (why: RefusalName): MayBeDelivered => ({ ok: false, why });
  const { tracks } = state;
  if (isJoined(state)) return no('partOfAnother');
  if (isHeld(state)) return no('blocked');
  // A job that is just being put together is in the hands of whoever puts it together.
  if (!isOrdered(state) && tracks.intake?.code !== 'Creating' && tracks.intake !== undefined) return no('sendUnordered');
  if (!isAgreed(state)) return no('sendUnapproved');
  if (missing.length > 0) return no('sendIncomplete');
  if (wished) return { ok: true };
  if (unfinishedOf(state).length > 0) return no('sendUnfinished');
  return isMadeByHand(state) ? no('sendByHand') : { ok: true };
}

/** The order itself may not be made yet, whoever says "send" and whatever holds it besides: it is not ordered, or not approved. */
export function isTooEarly({ tracks: { hold: _, ...tracks } }: Pick<JobState, 'tracks'>): boolean {
  return isStopped({ tracks });
}
