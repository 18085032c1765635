/** How far a job has come on its way through the shop, so that going back is told from going on. Pure. */
import type { StatusCode } from '../status.ts';
import type { JobState, Standing } from './state.ts';

/** Where a status puts the job on its way; what is not named here says nothing about the way. */
const ranks: Partial<Record<string, number>> = {
  Nothing: 0,
  Creating: 0,
  InBasket: 1,
  UnapprovedOrder: 2,
  FutureOrder: 2,
  Ordered: 3,
  InArtworking: 4,
  InReprographics: 4,
  RecreationRequested: 4,
  InHotFolder: 5,
  CopyToHotFolderFailed: 5,
  CopyToHotFolderSkipped: 5,
  'CustomStatus Reprint': 5,
  InProduction: 6,
  Printed: 7,
  InFinishing: 8,
  InPacking: 9,
  ReadyForCollection: 10,
  'CustomStatus AwaitingCourierPickup': 10,
  Shipped: 11,
  'CustomStatus Collected': 11,
};

const begun = 5;
const printed = 7;
const gone = 11;

export function rankOf(code: StatusCode, custom: string | null): number | null {
  return ranks[code === 'CustomStatus' ? `CustomStatus ${custom ?? ''}` : code] ?? null;
}

/** The newest word on where the job is in the shop; null while it is only an order. */
export function placeOf({ tracks }: Pick<JobState, 'tracks'>): Standing | null {
  const places = [tracks.production, tracks.fulfilment, tracks.custom, tracks.output].filter(
    (standing) => standing !== undefined && rankOf(standing.code, standing.custom) !== null,
  );
  return places.reduce<Standing | null>((last, next) => (next !== undefined && (last === null || next.seq > last.seq) ? next : last), null);
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
