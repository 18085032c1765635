/**
 * A running loop for each place of the hot folders: where each is now, and where one was before as long as something is still to be sent or to be seen
 * there. Promises: one loop a place; two would send everything twice.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Disks } from '../disk/disks.ts';
import type { HotFolderRow, PlaceRow, Store } from '../store/store.ts';
import { makeLanes } from '../wake.ts';
import type { FolderTrouble } from './folder-state.ts';
import { takenFollowedMs } from './follow.ts';
import { namedWith } from './places.ts';
import { type RunningFolder, type RunOptions, runHotFolder } from './run-hot-folder.ts';

export type PlacesAtWork = {
  /** Brings the loops to what is on record: starts, changes and leaves. */
  update(): Promise<void>;
  wake(hotFolderId: number): void;
  /** Of the place where the hot folder is now. */
  trouble(folder: HotFolderRow): FolderTrouble | null;
  /** Places the hot folder has left and that are in trouble, though something of it is still to be seen there. */
  leftInTrouble(folder: HotFolderRow): readonly { readonly placeId: number; readonly path: string; readonly trouble: FolderTrouble }[];
  /** Files lying where the hot folder is. */
  lying(folder: HotFolderRow): number;
  unknownFiles(folder: HotFolderRow): readonly string[];
  stop(): Promise<void>;
};

export type PlaceOptions = Omit<RunOptions, 'disk' | 'folder' | 'isLeft' | 'onOver' | 'turns'> & {
  readonly disks: Disks;
  /** False for a folder that must not be worked on as it lies. */
  readonly mayWork: (hotFolderId: number) => boolean;
};

/** Folders whose names are read at once. */
const looksAtOnce = 4;

type AtWork = { readonly folder: HotFolderRow; readonly isLeft: boolean; readonly place: PlaceRow; readonly loop: RunningFolder };

export function startPlaces(options: PlaceOptions): PlacesAtWork {
  const { store, disks, ports }: { store: Store } & PlaceOptions = options;
  const atWork = new Map<number, AtWork>();
  const turns = makeLanes(looksAtOnce);
  let updating: Promise<void> = Promise.resolve();
  let stopped = false;

  const namedFor = ({ place, outcome }: HotFolderRow): readonly string[] => namedWith({ ...place, outcome });
  disks.nameAsSaid(() => [...atWork.values()].flatMap(({ folder }) => namedFor(folder)));

  const run = (folder: HotFolderRow, isLeft: boolean): void => {
    const { place } = folder;
    const known = atWork.get(place.id);
    if (known !== undefined) {
      // One that is as it was has nothing to look after anew, however often others are added.
      if (known.isLeft === isLeft && isDeepStrictEqual(known.folder, folder)) return;
      atWork.set(place.id, { ...known, folder, isLeft });
      disks.review();
      known.loop.change(folder, isLeft);
      return;
    }
    // Before its loop asks anything.
    const forget = disks.name(namedFor(folder));
    const disk = disks.of({ path: place.folderPath, location: place.location });
    const onOver = (): void => {
      if (atWork.get(place.id)?.loop !== loop) return;
      atWork.delete(place.id);
      disks.review();
    };
    const loop: RunningFolder = runHotFolder({ ...options, turns, folder, isLeft, disk, onOver });
    atWork.set(place.id, { folder, isLeft, place, loop });
    forget();
  };

  const update = async (): Promise<void> => {
    if (stopped) return;
    const current = await store.read.hotFolders();
    const left = await store.read.placesLeft(ports.clock.now() - takenFollowedMs);
    for (const folder of current) if (options.mayWork(folder.id)) run(folder, false);
    for (const folder of left) run(folder, true);
    // A place left with nothing to do there: its loop ends by itself.
    const known = new Set([...current, ...left].map(({ place }) => place.id));
    for (const { folder, place } of [...atWork.values()]) if (!known.has(place.id)) run(folder, true);
  };

  const of = (hotFolderId: number): AtWork[] => [...atWork.values()].filter(({ place }) => place.hotFolderId === hotFolderId);

  return {
    update: () => {
      // One after the other: what comes second sees what the first has started.
      const next = updating.catch(() => undefined).then(update);
      updating = next;
      return next;
    },
    wake: (hotFolderId) => {
      for (const { loop } of of(hotFolderId)) loop.wake();
    },
    trouble: ({ place }) => atWork.get(place.id)?.loop.trouble() ?? null,
    leftInTrouble: ({ id, place }) =>
      of(id).flatMap(({ loop, place: { id: placeId, folderPath: path } }) => {
        const trouble = placeId === place.id ? null : loop.trouble();
        return trouble === null ? [] : [{ placeId, path, trouble }];
      }),
    lying: ({ place }) => atWork.get(place.id)?.loop.lying() ?? 0,
    unknownFiles: ({ place }) => atWork.get(place.id)?.loop.unknownFiles() ?? [],
    stop: async () => {
      stopped = true;
      await updating.catch(() => undefined);
      await Promise.all([...atWork.values()].map(({ loop }) => loop.stop()));
    },
  };
}
