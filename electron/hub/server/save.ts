/** Writes what streams in to a new file: whole and flushed, or an error. */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Room } from './room.ts';

/** Leaves `source` open, so that a sender whose file cannot be kept can still be told. @throws as `room` says */
export async function save(source: Readable, landingPath: string, room: Room): Promise<void> {
  await room.check(0);
  const file = await open(landingPath, 'wx', 0o600);
  const mine = room.enter();
  try {
    await file.writeFile(counted(source, mine));
    await file.sync();
  } finally {
    mine.leave();
    await file.close();
  }
}

async function* counted(source: Readable, mine: ReturnType<Room['enter']>): AsyncGenerator<Buffer> {
  for await (const part of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    await mine.take(part.length);
    yield part;
  }
}
