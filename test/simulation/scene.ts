/** What all actors of one floor share. */
import type { Random } from '../random.ts';
import type { SimulatedDisk } from './disk.ts';
import type { HubClient } from './machine.ts';
import { hashOf, type Model } from './model.ts';
import type { Swarm } from './swarm.ts';
import type { Inode } from './volume.ts';
import type { World } from './world.ts';

/** A printer's folder as the floor was set up; people may move it. */
export type Press = {
  id: number;
  readonly ruleId: number;
  path: string;
  readonly onShare: boolean /** Folders it had before, into which something may still come. */;
  readonly left: Set<string>;
};

export type Scene = {
  readonly world: World;
  readonly disk: SimulatedDisk;
  readonly swarm: Swarm;
  readonly model: Model;
  /** Chance of actors that came later: what they draw leaves the others as they were. */
  readonly aside: Random;
  readonly hub: () => HubClient | null;
  readonly presses: Press[];
  /** Senders that are not done yet. */
  sending: number;
  /** The troubled part is over: everybody behaves from now on. */
  isCalm: boolean;
  /** Told of each path whose file the hub reads, once. */
  readonly readers: Map<string, () => void>;
  /** A folder of the share was moved away, and another may lie at its path. */
  isMoved: boolean;
};

/** Another program writes a file; on a share its server has it at once. */
export function writeAs({ disk, model }: Scene, path: string, content: Buffer): Inode {
  // A power cut may have taken the folder.
  disk.makeFolders(path.slice(0, path.lastIndexOf('/')), true);
  const { volume, folder, name, inode } = disk.find(path, true);
  if (inode !== undefined && inode.data.length > 0) model.overwritten.add(hashOf(inode.data));
  const file = inode ?? volume.make(folder, name, 'file');
  volume.write(file, content);
  if (volume !== disk.own) volume.flushAll();
  disk.changed(folder, name);
  return file;
}

export function removeAs({ disk }: Scene, path: string): void {
  const { volume, folder, name } = disk.find(path, true);
  volume.unlink(folder, name);
  disk.changed(folder, name);
}

export function renameAs({ disk, model }: Scene, fromPath: string, toPath: string): void {
  const [from, to] = [disk.find(fromPath, true), disk.find(toPath, true)];
  if (to.inode?.kind === 'file') model.overwritten.add(hashOf(to.inode.data));
  from.volume.rename(from.folder, from.name, to.folder, to.name);
  disk.changed(from.folder, from.name);
  disk.changed(to.folder, to.name);
}

export function isVisible(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('.part') && !name.endsWith('.tmp');
}
