/** Makes names durable. */
import { errnoOf, withPath } from './fault.ts';
import { files } from './files.ts';

const flushes = new Map<string, { running: Promise<void>; next: Promise<void> | null }>();

async function flushNow(path: string): Promise<void> {
  // Windows has no flush of a folder; NTFS journals the rename.
  if (process.platform === 'win32') return;
  const folder = await files.openFolder(path);
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems refuse to flush a folder; the name is then as durable as their server makes it.
    const code = errnoOf(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EBADF') throw withPath(error, path);
  } finally {
    await folder.close();
  }
}

/** Flushes a folder; callers that come while a flush runs share the next one. */
export async function flushFolder(path: string): Promise<void> {
  const known = flushes.get(path);
  if (known !== undefined) {
    known.next ??= known.running
      .catch(() => undefined)
      .then(() => {
        flushes.delete(path);
        return flushFolder(path);
      });
    return await known.next;
  }
  const running = flushNow(path);
  const entry: { running: Promise<void>; next: Promise<void> | null } = { running, next: null };
  flushes.set(path, entry);
  try {
    await running;
  } finally {
    if (flushes.get(path) === entry && entry.next === null) flushes.delete(path);
  }
}
