/** The way of a job through the shop, as a number for each status that is a place on it. Pure. */
import type { StatusCode } from '../status.ts';

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
  'CustomStatus Joined': 11,
};

export function rankOf(code: StatusCode, custom: string | null): number | null {
  return ranks[code === 'CustomStatus' ? `CustomStatus ${custom ?? ''}` : code] ?? null;
}
