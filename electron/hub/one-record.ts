/**
 * A data folder and its record belong together: what was delivered is known by the record alone, and a hub that began an empty one would send it all again. So a folder that has its
 * record in a file is not opened with one on a server, nor the other way round, and one on a server with no other there. Owns the file `record-on-server`, which says that it is there, and which it is.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { said } from '../../shared/words/say.ts';
import { ownFileMode } from './data-rights.ts';
import { Refusal } from './parts.ts';

const noteIn = (dataPath: string): string => join(dataPath, 'record-on-server');

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Has it been opened on a server already? */
export const isOnServer = (dataPath: string): boolean => existsSync(noteIn(dataPath));

/** Before the record is opened. @throws Refusal when it stands elsewhere */
export function keepToOneRecord(dataPath: string, databasePath: string, onServer: boolean): void {
  if (onServer && bytesOf(databasePath) > 0) throw new Refusal('CONFLICT', said('refusals.recordInFile', { path: dataPath }));
  if (!onServer && isOnServer(dataPath)) throw new Refusal('CONFLICT', said('refusals.recordOnServer', { path: dataPath }));
}

/** Once it has been opened there. @throws Refusal when this folder had another one */
export function noteOnServer(dataPath: string, recordId: string): void {
  const path = noteIn(dataPath);
  // Empty where an earlier version has written it, or a crash cut it short.
  const known = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (known !== '' && known !== recordId) throw new Refusal('CONFLICT', said('refusals.recordElsewhere', { path: dataPath }));
  const file = openSync(path, 'a', ownFileMode);
  if (known === '') writeSync(file, `${recordId}\n`);
  fsyncSync(file);
  closeSync(file);
}
