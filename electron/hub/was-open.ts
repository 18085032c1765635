/**
 * A data folder in which other accounts could write: an earlier version left it so. Whose each file is was asked (data-rights.ts), but in a file of ours they may
 * have written all the same, and go on for as long as they keep it open. So the record gets another file, keys that may do everything are revoked, and both are
 * told. What is to be done stands in the file `was-open` until it is done, whatever start fails meanwhile.
 */
import { closeSync, constants, copyFileSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ownFileMode } from './data-rights.ts';
import type { Log } from './log.ts';
import type { Store } from './store/store.ts';

const nameOf = (dataPath: string): string => join(dataPath, 'was-open');

/** Before it is closed. `what`: the path that was open; once it is noted the first one stays. */
export function noteWasOpen(dataPath: string, what: string): void {
  if (existsSync(nameOf(dataPath))) return;
  const file = openSync(nameOf(dataPath), constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, ownFileMode);
  try {
    writeSync(file, what);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isWasOpen(dataPath: string): boolean {
  return existsSync(nameOf(dataPath));
}

/** The same in a file that nobody else holds open. Only for whoever has the lock, before the record is opened. */
export function renewRecord(dataPath: string, databasePath: string, log: Log): void {
  if (!isWasOpen(dataPath)) return;
  const draftPath = `${databasePath}-anew`;
  try {
    for (const path of [`${databasePath}-wal`, databasePath]) {
      if (!existsSync(path)) continue;
      rmSync(draftPath, { force: true });
      closeSync(openSync(draftPath, 'wx', ownFileMode));
      copyFileSync(path, draftPath);
      const draft = openSync(draftPath, 'r+');
      fsyncSync(draft);
      closeSync(draft);
      renameSync(draftPath, path);
    }
    rmSync(`${databasePath}-shm`, { force: true });
  } catch (error) {
    rmSync(draftPath, { force: true });
    log`Whoever has ${databasePath} open can still write in it, until this computer is started anew: it could not be copied (${error}).`;
  }
}

/** Says that it was open, and revokes the keys that others may have put into the record. */
export async function tellWasOpen(store: Store, dataPath: string, now: () => number, log: Log): Promise<void> {
  if (!isWasOpen(dataPath)) return;
  const what = readFileSync(nameOf(dataPath), 'utf8');
  const revoked = await store.write(async (tx) => {
    const told = { actor: 'system', address: null, changes: [] };
    await tx.noteSecurity({ ...told, kind: 'dataWasOpen', about: what }, now());
    const admins = (await tx.stations()).filter(({ role }) => role === 'admin');
    for (const { id, name } of admins) {
      await tx.removeStation(id, now());
      await tx.noteSecurity({ ...told, kind: 'tokenRevoked', about: name }, now());
    }
    return admins.map(({ name }) => name);
  });
  rmSync(nameOf(dataPath));
  const names = revoked.length === 0 ? 'none' : revoked.join(', ');
  log`Other accounts could write in ${what}; it is closed now. Keys of the role admin that others may have made were revoked (${names}): look at stations, folders and rules, and make those keys anew.`;
}
