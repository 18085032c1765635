/**
 * What is known of the file of the record while nobody has found out yet whether it is whole: noted beside it, so that no end of the program, orderly or not,
 * makes a suspect file a good one. Gone when the file was found whole.
 */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ownFileMode } from '../../data-rights.ts';

const noteOf = (path: string): string => `${path}-unchecked`;

/** Up to this size the whole file is checked at every start; beyond, only when the last stop was not an orderly one. Bytes. */
const alwaysCheckedBytes = 64 * 1024 * 1024;
/** So much is read within some milliseconds: it is checked before anything else. Bytes. */
const checkedFirstBytes = 2 * 1024 * 1024;

/** `damage`: what a check has found; empty where none has come to its end. */
type Note = { readonly damage: string };

function readNote(path: string): Note | null {
  try {
    return { damage: readFileSync(noteOf(path), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Durable when it returns. */
export function noteSuspect(path: string, damage = ''): void {
  const file = openSync(noteOf(path), 'w', ownFileMode);
  try {
    writeSync(file, damage);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // Its name must last as well. Windows keeps names without being asked.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function forgetSuspect(path: string): void {
  rmSync(noteOf(path), { force: true });
}

/**
 * Whether the file must be checked, and when: `first`, before anything of it is shown, where that takes no time or damage was found in it already; `beside`, while
 * the hub works. An orderly stop leaves no write-ahead log behind.
 */
export function mustCheck(path: string): 'no' | 'first' | 'beside' {
  const bytes = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const [all, log] = [bytes(path), bytes(`${path}-wal`)];
  const note = readNote(path);
  if (all + log <= checkedFirstBytes || (note !== null && note.damage !== '')) return 'first';
  return all <= alwaysCheckedBytes || log > 0 || note !== null ? 'beside' : 'no';
}
