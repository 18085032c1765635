/** Where the files of a delivery lie. Pure. */
import { basename, join } from 'node:path';
import { readFolderId } from '../disk/folder-id.ts';
import type { Live } from '../disk/live.ts';
import type { DeliveryRow, PlaceRow } from '../store/store.ts';

/** Hidden, and with an ending no printer takes. The time keeps apart the deliveries of two hubs that share a folder. */
export function tempPathOf(place: PlaceRow, delivery: Pick<DeliveryRow, 'id' | 'createdAt'>): string {
  return join(place.stagingPath, `.printfloor-${delivery.id}-${delivery.createdAt.toString(36)}.part`);
}

/** The delivery a temporary file belongs to, if it is one of ours; some disks show names in other letters. */
export function deliveryIdOf(tempName: string): number | null {
  const id = /^\.printfloor-(\d+)-[0-9a-z]+\.part$/i.exec(tempName)?.[1];
  return id === undefined ? null : Number(id);
}

export function isTempOf(tempName: string, place: PlaceRow, delivery: Pick<DeliveryRow, 'id' | 'createdAt'>): boolean {
  return tempName.toLowerCase() === basename(tempPathOf(place, delivery)).toLowerCase();
}

export function finalPathOf(place: PlaceRow, delivery: Pick<DeliveryRow, 'name'>): string {
  return join(place.folderPath, delivery.name);
}

/** With what is on record of the folder; a loop that has seen it knows it better (known-folder.ts). */
export function liveOf({ folderPath, markerPath, marker, folderId }: PlaceRow): Live {
  return { folderPath, markerPath, marker, folderId: folderId === null ? null : readFolderId(folderId).folderId };
}
