/** One disk process for everything local, and one for each server, so that a share that hangs hangs nobody else. */
import { makeLanes } from '../wake.ts';
import { localLabel } from './files.ts';
import { nameFolders } from './named-folders.ts';
import { makeNames, type NamesNow } from './names-now.ts';
import { type DiskPorts, type OpenDisk, openDisk } from './open-disk.ts';
import { type Disk, type OperationName, operationNames } from './operations.ts';
import { serverOf } from './spelling.ts';
import type { Where } from './where.ts';

/** Folders that somebody named: below them no link is followed, however they themselves are reached. */
export type Disks = Pick<NamesNow, 'name' | 'nameAsSaid' | 'review'> & {
  /** The process for local folders. */
  readonly local: OpenDisk;
  of(place: { readonly path: string; readonly location: 'local' | 'network' }): OpenDisk;
  /** Where a folder really lies, without touching a share; folders of one server share a process from then on. @throws DiskFault */
  whereIs(path: string): Promise<Where>;
  stop(): void;
};

/** Calls of one folder at once: with the threads of a process, ten busy folders of a server leave room for each other. */
const callsAtOnce = 6;

/** The disk for one folder: its calls wait for each other, so that a slow folder does not take all threads of its server's process. */
function inLane(disk: OpenDisk): OpenDisk {
  const lanes = makeLanes(callsAtOnce);
  const waitingTurn =
    (name: OperationName) =>
    async (...args: readonly unknown[]) => {
      const call = disk[name] as (...args: readonly unknown[]) => Promise<unknown>;
      let result: unknown;
      await lanes.run(async () => {
        result = await call(...args);
      });
      return result;
    };
  const calls = Object.fromEntries(operationNames.map((name) => [name, waitingTurn(name)])) as unknown as Disk;
  return { ...calls, stop: disk.stop };
}

export function openDisks(ports: DiskPorts, limitScale = 1): Disks {
  const byServer = new Map<string, OpenDisk>();
  /** Servers by path, as far as they were asked for. */
  const servers = new Map<string, string>();
  const names = makeNames(ports.timers, (paths) => {
    // Here too: what is handed out is read by the hub itself.
    nameFolders(paths, byServer);
    for (const disk of [local, ...byServer.values()]) disk.nameFolders(paths).catch(() => undefined);
  });
  const knowing = { ...ports, named: names.now };
  const local = openDisk(localLabel, knowing, limitScale);
  const lanes = new Map<string, { readonly of: OpenDisk; readonly lane: OpenDisk }>();
  const processOf = (path: string): OpenDisk => {
    const server = servers.get(path) ?? serverOf(path, null);
    const known = byServer.get(server);
    if (known !== undefined) return known;
    const disk = openDisk(server, knowing, limitScale);
    byServer.set(server, disk);
    return disk;
  };
  return {
    local,
    name: names.name,
    nameAsSaid: names.nameAsSaid,
    review: names.review,
    of: (place) => {
      if (place.location === 'local') return local;
      const known = lanes.get(place.path);
      const disk = processOf(place.path);
      if (known !== undefined && known.of === disk) return known.lane;
      const lane = inLane(disk);
      lanes.set(place.path, { of: disk, lane });
      return lane;
    },
    whereIs: async (path) => {
      const where = await local.whereIs(path);
      if (where.server !== null) servers.set(path, where.server);
      return where;
    },
    stop: () => {
      names.stop();
      nameFolders([], byServer);
      local.stop();
      for (const disk of byServer.values()) disk.stop();
    },
  };
}
