/**
 * Looks into the folders where printers show how far they are. Promises: what it says lies there lies there; a folder that a printer has not made yet
 * is empty. Reads a folder again only when it changed, and a file's content once.
 */
import { join } from 'node:path';
import { errnoOf } from '../disk/fault.ts';
import type { Disk } from '../disk/operations.ts';
import type { Clock } from '../ports/ports.ts';
import type { DeliveryRow } from '../store/store.ts';
import { type Found, type OutcomeLook, type OutcomePaths, resembles } from './outcomes.ts';

export type OutcomeFolders = {
  look(paths: OutcomePaths): Promise<OutcomeLook>;
  /** Ids of files that might be taken for this delivery's, as they lie there now; null where there are too many. */
  idsResembling(paths: OutcomePaths, delivery: Pick<DeliveryRow, 'name' | 'size'>): Promise<readonly string[] | null>;
  /** SHA-256 of these files as far as it can be read, by id; asked of the disk once a file. */
  hash(files: readonly Found[]): Promise<void>;
  hashOf(found: Found): string | null;
};

/** A folder's own time may stand still for so long though something changed: disks of printers count by two seconds. */
const coarseMs = 2500;
/** Hashes kept: a file is asked for again and again while a delivery of its size is open, and read once. What lies there besides is known by its name alone. */
const keptHashes = 20_000;
/** Files that might be taken for one delivery's and are noted with it. Of more nobody could say which came since: then it is known by its very file, or a person says what became of it. */
export const mostNoted = 2000;

type Listing = { readonly stamp: string; readonly stampSince: number; readonly at: number; readonly files: readonly Found[] };

export function makeOutcomeFolders(disk: Disk, clock: Clock): OutcomeFolders {
  const listings = new Map<string, Listing>();
  const hashes = new Map<string, string | null>();

  const list = async (path: string): Promise<readonly Found[]> => {
    const known = listings.get(path);
    const stamp = JSON.stringify(await disk.peek(path));
    const settled = known !== undefined && known.stamp === stamp && known.at - known.stampSince >= coarseMs;
    if (settled) return known.files;
    const at = clock.monotonic();
    const entries = await disk.entries(path);
    const files = entries
      .filter(({ kind }) => kind === 'file')
      .map(({ name, ino, size, mtimeMs }) => ({ folderPath: path, name, ino, size, mtimeMs }));
    listings.set(path, { stamp, stampSince: known?.stamp === stamp ? known.stampSince : at, at, files });
    return files;
  };

  const listAll = async (paths: readonly string[]): Promise<Found[]> => {
    const all: Found[] = [];
    for (const path of paths) {
      try {
        all.push(...(await list(path)));
      } catch (error) {
        // The printer makes these folders when it first needs them.
        if (errnoOf(error) !== 'ENOENT') throw error;
      }
    }
    return all;
  };

  const keyOf = ({ folderPath, name, ino, size, mtimeMs = 0 }: Found): string => JSON.stringify([folderPath, name, ino, size, mtimeMs]);

  return {
    look: async ({ working, done, failed }) => ({
      working: await listAll(working),
      done: await listAll(done),
      failed: await listAll(failed),
    }),
    idsResembling: async ({ working, done, failed }, delivery) => {
      const ids: string[] = [];
      for (const found of await listAll([...working, ...done, ...failed]))
        if (resembles(found, delivery) && ids.push(found.ino) > mostNoted) return null;
      return ids;
    },
    hash: async (files) => {
      const wanted = new Set(files.slice(0, keptHashes).map(keyOf));
      // What nobody asks for any more makes room.
      if (hashes.size + wanted.size > keptHashes) for (const known of hashes.keys()) if (!wanted.has(known)) hashes.delete(known);
      for (const found of files.slice(0, keptHashes)) {
        if (hashes.has(keyOf(found))) continue;
        const seen = await disk.inspect(join(found.folderPath, found.name), Number.MAX_SAFE_INTEGER).catch(() => null);
        // Another file by now, or not readable yet: asked again at the next look.
        if (seen === null || seen.ino !== found.ino || seen.size !== found.size) continue;
        hashes.set(keyOf(found), seen.sha256);
      }
    },
    hashOf: (found) => hashes.get(keyOf(found)) ?? null,
  };
}
