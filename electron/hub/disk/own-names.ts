/**
 * Names of the files that we make for a moment, to try a folder or until a note is whole. Promises: each says by its name that it is ours and of which hub, nobody
 * can guess it beforehand, and this process knows which of them it still needs.
 */

import { basename, dirname, join } from 'node:path';
import { nameKey } from '../../../shared/name-key.ts';
import { shortHash } from '../../../shared/short-hash.ts';
import { system } from './files.ts';
import { hubAtWork } from './live.ts';

/** Our folder beside hot folders, for copies that are not whole yet. */
export const besideName = '.printfloor-staging';

/** Also in two ways to write it, for finding out which a folder knows. */
const purposes = ['probe', 'try', 'draft', 'n\u00E4me'] as const;

function sign(): string {
  return shortHash(hubAtWork()?.id ?? '');
}

/** A path that nobody else has; with an ending no printer takes, unless another is asked for. */
export function momentPath(folderPath: string, purpose: (typeof purposes)[number], ending = '.part'): string {
  return join(folderPath, `.printfloor-${purpose}-${sign()}-${system.random.uuid()}${ending}`);
}

/** What earlier versions left, which did not sign it, in the full forms they gave it; it was written under its name with `.part` first. */
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const unsigned = new RegExp(`^(?:\\.probe-${uuid}\\.part|try-${uuid})(?:\\.part)?$`, 'u');
/** These say by their names that they are ours. */
const unsignedOurs = /^\.printfloor-(?:try|marker)\.part(?:\.part)?$/u;

/** Was it made by this hub for a moment? Says nothing about whether that moment is over. */
export function isOfMoment(name: string): boolean {
  const text = nameKey(name);
  return purposes.some((purpose) => text.startsWith(nameKey(`.printfloor-${purpose}-${sign()}-`)));
}

/**
 * Did an earlier version leave it among the files of a place of deliveries, whose marker this is? Only in our own folder beside hot folders a name is enough that
 * does not say so itself: in a hot folder, or one that somebody named for copies, people keep files under what names they like.
 */
export function isOfEarlier(path: string, markerPath: string): boolean {
  const name = nameKey(basename(path));
  if (unsignedOurs.test(name)) return true;
  if (nameKey(basename(dirname(path))) !== besideName) return false;
  return unsigned.test(name) || name === nameKey(`${basename(markerPath)}.part`);
}

const needed = new Map<string, number>();

export function isNeeded(path: string): boolean {
  return needed.has(nameKey(path));
}

/** Whoever needed them is gone: in tests several lives of a hub share a process. */
export function forgetNeeded(): void {
  needed.clear();
}

/** As long as `act` lasts, these are not cleared away. */
export async function needing<Result>(paths: readonly string[], act: () => Promise<Result>): Promise<Result> {
  const keys = paths.map(nameKey);
  for (const key of keys) needed.set(key, (needed.get(key) ?? 0) + 1);
  try {
    return await act();
  } finally {
    for (const key of keys) {
      const left = (needed.get(key) ?? 1) - 1;
      if (left > 0) needed.set(key, left);
      else needed.delete(key);
    }
  }
}
