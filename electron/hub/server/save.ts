/** Writes what streams in to a new file: whole and flushed, or an error. */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Leaves `source` open, so that a sender whose file cannot be kept can still be told. */
export async function save(source: Readable, landingPath: string): Promise<void> {
  const file = await open(landingPath, 'wx', 0o600);
  try {
    await file.writeFile(source.iterator({ destroyOnReturn: false }));
    await file.sync();
  } finally {
    await file.close();
  }
}
