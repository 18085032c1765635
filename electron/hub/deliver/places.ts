/** Where the files of a delivery lie. Pure. */
import { join } from 'node:path';
import type { Live } from '../disk/live.ts';
import type { DeliveryRow, HotFolderRow } from '../store/store.ts';

/** Hidden, and with an ending no printer takes; one name for each send, so that it is ours alone. */
export function tempPathOf(folder: HotFolderRow, delivery: Pick<DeliveryRow, 'id'>): string {
  return join(folder.stagingPath, `.printfloor-${delivery.id}.part`);
}

export function finalPathOf(folder: HotFolderRow, delivery: Pick<DeliveryRow, 'name'>): string {
  return join(folder.path, delivery.name);
}

export function liveOf(folder: HotFolderRow): Live {
  return { folderPath: folder.path, markerPath: folder.markerPath, marker: folder.marker };
}
