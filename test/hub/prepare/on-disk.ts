/** For the tests of this folder: what the hub comes to for a file with this content, read from a real disk as the hub reads it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, readPart } from '../../../electron/hub/disk/look.ts';
import { checkWholeness, type Wholeness } from '../../../electron/hub/prepare/check.ts';

export type Look = { readonly verdict: Wholeness /** Bytes asked for beyond the two ends. */; readonly bytesRead: number };

export async function lookClosely(type: string, content: Uint8Array): Promise<Look> {
  const folder = mkdtempSync(join(tmpdir(), 'wholeness-'));
  try {
    const path = join(folder, `file.${type}`);
    writeFileSync(path, content);
    const inspection = await inspect(path, 0);
    const { size, mtimeMs, ino } = inspection;
    let bytesRead = 0;
    const verdict = await checkWholeness(type, inspection, async (at, length) => {
      const bytes = await readPart(path, { size, mtimeMs, ino }, at, length);
      bytesRead += bytes.length;
      return bytes;
    });
    return { verdict, bytesRead };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function look(type: string, content: Uint8Array): Promise<Wholeness> {
  return (await lookClosely(type, content)).verdict;
}
