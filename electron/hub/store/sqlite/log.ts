/** The write-ahead log of the record, flushed by us: what was committed is told to nobody before it is on disk. */
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../../ports/ports.ts';

/** The name of a log that was just made must last as well. Windows keeps names without being asked. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function openLog(path: string): Log {
  let file: FileHandle | null = null;
  const openFile = async (): Promise<FileHandle> => {
    const opened = await open(path, 'r+');
    await flushFolder(dirname(path));
    return opened;
  };
  return {
    flush: async () => {
      file ??= await openFile();
      await file.datasync();
    },
    close: async () => await file?.close(),
  };
}
