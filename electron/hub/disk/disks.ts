/** One disk process for everything local, and one for each share, so that a share that hangs hangs nobody else. */
import { posix, win32 } from 'node:path';
import { localLabel } from './files.ts';
import { type DiskPorts, type OpenDisk, openDisk } from './open-disk.ts';

export type Disks = {
  /** The process for local folders. */
  readonly local: OpenDisk;
  of(place: { readonly path: string; readonly location: 'local' | 'network' }): OpenDisk;
  stop(): void;
};

/**
 * The share a network path belongs to: server and share of a UNC path, a drive letter; elsewhere the folder itself,
 * since where a path is mounted cannot be asked without touching the share.
 */
export function shareOf(path: string, platform: NodeJS.Platform = process.platform): string {
  const unc = /^[\\/]{2}([^\\/]+)[\\/]([^\\/]+)/.exec(path);
  if (unc !== null) return `//${unc[1]}/${unc[2]}`.toLowerCase();
  if (platform === 'win32') return win32.parse(path).root.toLowerCase();
  return posix.normalize(path);
}

export function openDisks(ports: DiskPorts, limitScale = 1): Disks {
  const shares = new Map<string, OpenDisk>();
  const local = openDisk(localLabel, ports, limitScale);
  return {
    local,
    of: ({ path, location }) => {
      if (location === 'local') return local;
      const share = shareOf(path);
      const known = shares.get(share);
      if (known !== undefined) return known;
      const disk = openDisk(share, ports, limitScale);
      shares.set(share, disk);
      return disk;
    },
    stop: () => {
      local.stop();
      for (const disk of shares.values()) disk.stop();
    },
  };
}
