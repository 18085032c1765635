/** Makes sure of the data folder before anything else starts: there, a folder, writable. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { said } from '../shared/words/say.ts';
import { dataFolderMode } from './hub/data-rights.ts';
import { Refusal } from './hub/parts.ts';

/** Of folders on the way, which are made when they are missing: whatever the umask, nobody else puts another data folder in the place of ours. */
const parentMode = 0o755;

/** Node's own recursive mkdir never ends where the system says "no such folder" for good, as under /proc. */
function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || statSync(parent, { throwIfNoEntry: false }) !== undefined) throw error;
    makeFolder(parent, parentMode);
    mkdirSync(path, mode);
  }
}

/** `path` is absolute. @throws the system's error when it cannot be had; Refusal where it is another account's */
export function prepareDataFolder(path: string): void {
  makeFolder(path, dataFolderMode);
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { uid: owner } = statSync(path);
    if (process.getuid === undefined || owner === process.getuid()) throw error;
    throw new Refusal('CONFLICT', said('refusals.dataOfOtherAccount', { path, owner }));
  }
}
