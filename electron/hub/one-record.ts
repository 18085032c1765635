/**
 * A data folder and its record belong together: what was delivered is known by the record alone, and a hub that began an empty one would send it all again. So a folder that has its
 * record in a file is not opened with one on a server, nor the other way round. Owns the file `record-on-server`, which says that it is there.
 */
import { closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { said } from '../../shared/words/say.ts';
import { ownFileMode } from './data-rights.ts';
import { Refusal } from './parts.ts';

const noteIn = (dataPath: string): string => join(dataPath, 'record-on-server');

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Before the record is opened. @throws Refusal when it stands elsewhere */
export function keepToOneRecord(dataPath: string, databasePath: string, isOnServer: boolean): void {
  if (isOnServer && bytesOf(databasePath) > 0) throw new Refusal('CONFLICT', said('refusals.recordInFile', { path: dataPath }));
  if (!isOnServer && existsSync(noteIn(dataPath))) throw new Refusal('CONFLICT', said('refusals.recordOnServer', { path: dataPath }));
}

/** Once it has been opened there. */
export function noteOnServer(dataPath: string): void {
  const file = openSync(noteIn(dataPath), 'a', ownFileMode);
  fsyncSync(file);
  closeSync(file);
}
