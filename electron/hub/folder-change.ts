/** What a change of a hot folder means for what is planned for it and for what lies in it; in the transaction of the change. */

import { dueStates, plannedStates } from '../../shared/delivery.ts';
import type { HotFolderSettings } from '../../shared/hot-folder.ts';
import { said } from '../../shared/words/say.ts';
import type { PlaceOptions } from './deliver/places-at-work.ts';
import { acceptedId, compareFolders, readFolderId } from './disk/folder-id.ts';
import type { Probed } from './disk/probe.ts';
import { Refusal } from './parts.ts';
import type { DeliveryRow, HotFolderRow, PlaceRow, Writer } from './store/store.ts';

export function noSuchFolder(): Refusal {
  return new Refusal('NOT_FOUND', said('refusals.hotFolderGone'));
}

type MayGo = PlaceOptions['mayGo'];

/**
 * Deliveries of a hot folder that wait or are under way, wherever they go. `held`: planned for a job that is blocked, rejected or not approved; they go nowhere
 * as things stand, and nobody has to decide about them.
 */
export async function openOf(
  tx: Writer,
  folder: HotFolderRow,
  mayGo: MayGo,
): Promise<{ readonly going: number; readonly held: readonly DeliveryRow[] }> {
  const counts = await tx.deliveryCounts();
  if (!counts.some(({ hotFolderId, state, count }) => hotFolderId === folder.id && count > 0 && dueStates.includes(state)))
    return { going: 0, held: [] };
  const left = (await tx.placesLeft(Number.MAX_SAFE_INTEGER)).filter(({ id }) => id === folder.id);
  const held: DeliveryRow[] = [];
  let going = 0;
  for (const { place } of [folder, ...left])
    for (const delivery of await tx.deliveriesIn(place.id, dueStates))
      if (isPlanned(delivery) && !(await mayGo(tx, delivery))) held.push(delivery);
      else going++;
  return { going, held };
}

function isPlanned({ state }: DeliveryRow): boolean {
  return state === 'waiting' || state === 'copying';
}

/** Goes where the hot folder goes now. */
async function moveTo(tx: Writer, hotFolderId: number, deliveries: readonly DeliveryRow[]): Promise<void> {
  const to = await tx.hotFolder(hotFolderId);
  if (to === null) return;
  for (const { id } of deliveries) await tx.changeDelivery(id, { placeId: to.place.id, outcome: to.outcome, nextTryAt: null });
}

/** Does something lie at its path that is surely not the folder on record? */
export function isAnotherFolder({ folderId }: Pick<PlaceRow, 'folderId'>, seen: string | null): boolean {
  return folderId !== null && seen !== null && compareFolders(readFolderId(folderId).folderId, seen) === 'another';
}

/** A person has named the folder that lies at a place now, or said that it is the right one. What was delivered to another before is looked after first. */
export async function acceptFolder(tx: Writer, id: number, seen: string | null): Promise<void> {
  const place = (await tx.hotFolder(id))?.place;
  if (place === undefined || place.folderId === null || seen === null) return;
  if (compareFolders(readFolderId(place.folderId).folderId, seen) !== 'same') await tx.knowFolder(place.id, acceptedId(seen));
}

type Waiting = 'stay' | 'move' | undefined;

/** @throws Refusal with their number when files wait for the path it leaves and nobody said what becomes of them */
export async function changeFolder(
  tx: Writer,
  id: number,
  change: Partial<HotFolderSettings>,
  probed: Probed | null,
  waiting: Waiting,
  mayGo: MayGo,
): Promise<void> {
  const before = await tx.hotFolder(id);
  if (before === null) throw noSuchFolder();
  const moves = change.path !== undefined && change.path !== before.path;
  const { going: due, held } = moves ? await openOf(tx, before, mayGo) : { going: 0, held: [] };
  if (due > 0 && waiting === undefined)
    throw new Refusal('CONFLICT', said('refusals.filesWaitFor', { count: due, name: before.name }), { waiting: due });
  if (probed === null) await tx.changeHotFolder(id, change);
  else {
    const { result, folderId, ...place } = probed;
    await tx.changeHotFolder(id, { ...change, place, health: result });
    await acceptFolder(tx, id, folderId);
  }
  // What is held goes along; what is in its last step ends where it began it: it may lie there already.
  const goesAlong = !moves || waiting === 'move' ? await tx.deliveriesIn(before.place.id, plannedStates) : [];
  await moveTo(tx, id, [...goesAlong, ...held.filter((delivery) => !goesAlong.some((one) => one.id === delivery.id))]);
}
