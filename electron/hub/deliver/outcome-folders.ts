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
  /** Ids of files that might be taken for this delivery's, as they lie there now. */
  idsResembling(paths: OutcomePaths, delivery: Pick<DeliveryRow, 'name' | 'size'>): Promise<readonly string[]>;
  /** SHA-256 of these files as far as it can be read, by id; asked of the disk once a file. */
  hash(files: readonly Found[]): Promise<void>;
  hashOf(found: Found): string | null;
};

/** A folder's own time may stand still for so long though something changed: disks of printers count by two seconds. */
const coarseMs = 2500;
/** Hashes kept; a file is asked for again and again only while a delivery of its size is open. */
const keptHashes = 1000;

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
    const files = entries.filter(({ kind }) => kind === 'file').map(({ name, ino, size }) => ({ folderPath: path, name, ino, size }));
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

  const keyOf = ({ folderPath, name, ino, size }: Found): string => JSON.stringify([folderPath, name, ino, size]);

  return {
    look: async ({ working, done, failed }) => ({
      working: await listAll(working),
      done: await listAll(done),
      failed: await listAll(failed),
    }),
    idsResembling: async ({ working, done, failed }, delivery) =>
      (await listAll([...working, ...done, ...failed])).filter((found) => resembles(found, delivery)).map(({ ino }) => ino),
    hash: async (files) => {
      for (const found of files) {
        if (hashes.has(keyOf(found))) continue;
        const seen = await disk.inspect(join(found.folderPath, found.name), Number.MAX_SAFE_INTEGER).catch(() => null);
        // Another file by now, or not readable yet: asked again at the next look.
        if (seen === null || seen.ino !== found.ino || seen.size !== found.size) continue;
        if (hashes.size >= keptHashes) hashes.clear();
        hashes.set(keyOf(found), seen.sha256);
      }
    },
    hashOf: (found) => hashes.get(keyOf(found)) ?? null,
  };
}
