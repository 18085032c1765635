/** One disk process for everything local, and one for each server, so that a share that hangs hangs nobody else. */
import { localLabel } from './files.ts';
import { type DiskPorts, type OpenDisk, openDisk } from './open-disk.ts';
import { serverOf } from './spelling.ts';
import type { Where } from './where.ts';

export type Disks = {
  /** The process for local folders. */
  readonly local: OpenDisk;
  of(place: { readonly path: string; readonly location: 'local' | 'network' }): OpenDisk;
  /** Where a folder really lies, without touching a share; folders of one server share a process from then on. @throws DiskFault */
  whereIs(path: string): Promise<Where>;
  stop(): void;
};

export function openDisks(ports: DiskPorts, limitScale = 1): Disks {
  const byServer = new Map<string, OpenDisk>();
  /** Servers by path, as far as they were asked for. */
  const servers = new Map<string, string>();
  const local = openDisk(localLabel, ports, limitScale);
  return {
    local,
    of: ({ path, location }) => {
      if (location === 'local') return local;
      const server = servers.get(path) ?? serverOf(path, null);
      const known = byServer.get(server);
      if (known !== undefined) return known;
      const disk = openDisk(server, ports, limitScale);
      byServer.set(server, disk);
      return disk;
    },
    whereIs: async (path) => {
      const where = await local.whereIs(path);
      if (where.server !== null) servers.set(path, where.server);
      return where;
    },
    stop: () => {
      local.stop();
      for (const disk of byServer.values()) disk.stop();
    },
  };
}
