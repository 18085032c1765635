/** How far a job has come on its way through the shop, so that going back is told from going on. Pure. */
import type { StatusCode } from '../status.ts';
import { isMachine } from './mover.ts';
import { rankOf } from './rank.ts';
import type { JobState, Standing } from './state.ts';

const begun = 5;
const printed = 7;
const gone = 11;

export type Place = NonNullable<Standing['place']>;

/** The newest word on where the job is in the shop; null while it is only an order. */
export function placeOf({ tracks }: Pick<JobState, 'tracks'>): Place | null {
  let newest: Place | null = null;
  for (const standing of [tracks.production, tracks.fulfilment, tracks.custom, tracks.output]) {
    if (standing === undefined) continue;
    const place = rankOf(standing.code, standing.custom) === null ? standing.place : standing;
    if (place !== undefined && (newest === null || place.seq > newest.seq)) newest = place;
  }
  return newest;
}

function placeRank(state: Pick<JobState, 'tracks'>): number {
  const place = placeOf(state);
  return place === null ? 0 : (rankOf(place.code, place.custom) ?? 0);
}

/** It lies at a printer, or came further. */
export function hasBegun(state: Pick<JobState, 'tracks'>): boolean {
  return placeRank(state) >= begun;
}

export function isPrinted(state: Pick<JobState, 'tracks'>): boolean {
  return placeRank(state) >= printed;
}

/** Does this status by itself say that the job is printed? */
export function saysPrinted(code: StatusCode, custom: string | null = null): boolean {
  return (rankOf(code, custom) ?? 0) >= printed;
}

/** Does it say of a job that nobody has called printed that it is? */
export function becomesPrinted(state: Pick<JobState, 'tracks'>, code: StatusCode, custom: string | null): boolean {
  return saysPrinted(code, custom) && !isPrinted(state);
}

/** Does it by itself say that the job has left the house? */
export function saysGone(code: StatusCode, custom: string | null): boolean {
  return (rankOf(code, custom) ?? 0) >= gone;
}

/** Where the job is was said by a person, or it is printed: whoever said that, its file is of no more use to a printer. */
export function isSaidByPerson(state: Pick<JobState, 'tracks'>): boolean {
  const place = placeOf(state);
  return place !== null && (isPrinted(state) || !isMachine(place.actor));
}

/** Handed to the customer or to a carrier. */
export function isGone(state: Pick<JobState, 'tracks'>): boolean {
  return placeRank(state) >= gone;
}

/** Would this status put the job behind where it has come to? */
export function goesBack(state: Pick<JobState, 'tracks'>, code: StatusCode, custom: string | null): boolean {
  const rank = rankOf(code, custom);
  if (rank === null) return false;
  const intake = state.tracks.intake;
  const isIntake = rank <= 3;
  if (!isIntake) return rank < placeRank(state);
  return hasBegun(state) || (intake !== undefined && rank < (rankOf(intake.code, null) ?? 0));
}
