/** Where the files of a delivery lie. Pure. */
import { basename, dirname, join } from 'node:path';
import type { HotFolderSettings } from '../../../shared/hot-folder.ts';
import { readFolderId } from '../disk/folder-id.ts';
import type { Live } from '../disk/live.ts';
import { besideName } from '../disk/own-names.ts';
import { startsWith, stepsOf } from '../disk/spelling.ts';
import type { DeliveryRow, PlaceRow } from '../store/store.ts';
import { outcomePathsOf } from './outcomes.ts';

type Named = { readonly folderPath: string; readonly stagingPath: string | null; readonly outcome: HotFolderSettings['outcome'] | null };

/**
 * The folders that somebody names with a hot folder: itself, the one around it, in which a folder for copies may be made, and what of its outcome folders and its folder for
 * copies (`stagingPath`) lies elsewhere. What lies in them is nobody's word.
 */
export function namedWith({ folderPath, stagingPath, outcome }: Named): readonly string[] {
  const { working, done, failed } = outcomePathsOf(folderPath, outcome);
  const isElsewhere = (path: string): boolean => !startsWith(stepsOf(path), stepsOf(folderPath));
  const ofOurs = stagingPath === null || basename(stagingPath) === besideName ? [] : [stagingPath];
  return [folderPath, dirname(folderPath), ...[...ofOurs, ...working, ...done, ...failed].filter(isElsewhere)];
}

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
