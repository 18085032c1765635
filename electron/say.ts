/**
 * What the program around the hub says of itself: a line of ours with its instant, its values escaped like all of the log. A window that was opened by a click
 * has no terminal to say it in, so its lines and the hub's are kept in the data folder as well. Never given a token.
 */
import { closeSync, constants, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, makeLog } from './hub/log.ts';

/** Of the file, and of the one before it, which is kept. */
const mostBytes = 1024 * 1024;
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
/** Windows knows no O_NOFOLLOW and O_NONBLOCK; what lies there under our name is asked below. */
const flags = O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

let filePath: string | null = null;

/** From now on all lines of this process are also kept in this data folder; what it says before there is one, is not. */
export function keepLines(dataPath: string): void {
  filePath = join(dataPath, 'printfloor.log');
}

/** A line that is whole already, as the hub writes them. */
export function sayLine(line: string): void {
  console.log(line);
  if (filePath !== null) append(filePath, line);
}

/** For what goes wrong. */
export const say: Log = makeLog((text) => {
  const line = `${new Date().toISOString()} Printfloor: ${text}`;
  console.error(line);
  if (filePath !== null) append(filePath, line);
});

function append(path: string, line: string): void {
  try {
    const file = openSync(path, flags, 0o600);
    try {
      const found = fstatSync(file);
      const isOurs = process.getuid === undefined || found.uid === process.getuid();
      if (!found.isFile() || found.nlink !== 1 || !isOurs) return;
      writeSync(file, `${line}\n`);
      if (found.size > mostBytes) renameSync(path, `${path}.before`);
    } finally {
      closeSync(file);
    }
  } catch {
    // No room, no right: whoever only wants to tell something must not end by it.
  }
}
