/** Why the hub did not start, in a sentence that says what to do. Owns no more than the words. */
import { isAbsolute, relative, sep } from 'node:path';
import { sayPair } from '../shared/words/say.ts';
import { languageOfComputer } from './hub/language.ts';
import { Refusal } from './hub/parts.ts';

const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR']);

function liesIn(path: string, folderPath: string): boolean {
  const way = relative(folderPath, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function aboutServer(code: string | undefined, message: string): string | null {
  if (code === 'NO_DATABASE_URL') return message;
  if (code !== 'SERVER_AWAY') return null;
  return `The database server cannot be reached (${message}). Check it, and PRINTFLOOR_DATABASE_URL, then start again.`;
}

function describeRefusal({ said, message, whatToDo, more: { reasonCode, raw, path } }: Refusal, dataPath: string): string {
  // At the first start it is the data folder that was chosen, and nobody named a hot folder.
  if (reasonCode === 'FolderForbidden' && path != null && liesIn(path, dataPath))
    return `The data folder ${dataPath} may not be there: ${raw} Choose another with --data.`;
  const { what, todo } = sayPair(languageOfComputer(), said) ?? { what: message, todo: whatToDo };
  return `${what} ${todo}`;
}

/** One or two sentences for the person at the machine; a bug keeps its stack, so that it can be told on. */
export function describeStartTrouble(error: unknown, dataPath: string, port: number): string {
  if (error instanceof Refusal) return describeRefusal(error, dataPath);
  if (!(error instanceof Error)) return String(error);
  const { code, message, path, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program, or Printfloor runs already. Stop that one, or start with --port and another number.`;
  }
  if (code === 'EACCES' && message.includes('listen')) {
    return `This account may not open port ${port}. Start with --port and a number above 1023.`;
  }
  const ofServer = aboutServer(code, message);
  if (ofServer !== null) return ofServer;
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return `The disk of the data folder ${dataPath} is full. Make room, then start again.`;
  if (code?.startsWith('SQLITE_BUSY') === true)
    return `Another program holds the database in ${dataPath} (${message}). Close that program, then start again.`;
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code ?? ''))
    return `The database in ${dataPath} cannot be opened for writing (${message}). Choose another data folder with --data, or let this account write there.`;
  if (code?.startsWith('SQLITE_IOERR') === true)
    return `The disk of the data folder ${dataPath} reports an error (${message}). Check the disk, then start again.`;
  if (code !== undefined && path != null && notWritable.has(code)) {
    // A folder that cannot be made is told by the first missing one on the way to it.
    if (liesIn(path, dataPath) || (syscall === 'mkdir' && liesIn(dataPath, path)))
      return `The data folder ${dataPath} cannot be written (${message}). Choose another with --data, or let this account write there.`;
    return `Printfloor cannot use ${path} (${message}). If it is one of its own files, install or build Printfloor again.`;
  }
  return error.stack ?? message;
}
