/**
 * Names of the files that we make for a moment, to try a folder or until a note is whole. Promises: each says by its name that it is ours and of which hub, and
 * this process knows which of them it still needs.
 */

import { basename, join } from 'node:path';
import { nameKey } from '../../../shared/name-key.ts';
import { shortHash } from '../../../shared/short-hash.ts';
import { system } from './files.ts';
import { hubAtWork } from './live.ts';

/** Also in two ways to write it, for finding out which a folder knows. */
const purposes = ['probe', 'try', 'n\u00E4me'] as const;

function sign(): string {
  return shortHash(hubAtWork()?.id ?? '');
}

/** A path that nobody else has; with an ending no printer takes, unless another is asked for. */
export function momentPath(folderPath: string, purpose: (typeof purposes)[number], ending = '.part'): string {
  return join(folderPath, `.printfloor-${purpose}-${sign()}-${system.random.uuid()}${ending}`);
}

/** A note is written under this name first. */
export function draftPathOf(path: string): string {
  return `${path}.part`;
}

/** What earlier versions left, which did not sign it. */
const unsigned = /^(?:\.probe-[-0-9a-z]+(?:\.part|\.part\.part|\.txt)|\.printfloor-try\.part(?:\.part)?|try-[-0-9a-z]+(?:\.part)?)$/u;

/** Was it made by this hub for a moment, beside this marker? Says nothing about whether that moment is over. */
export function isOfMoment(name: string, markerPath: string): boolean {
  const text = nameKey(name);
  const signed = purposes.some((purpose) => text.startsWith(nameKey(`.printfloor-${purpose}-${sign()}-`)));
  return signed || unsigned.test(text) || text === nameKey(basename(draftPathOf(markerPath)));
}

const needed = new Map<string, number>();

export function isNeeded(path: string): boolean {
  return needed.has(nameKey(path));
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
