/**
 * Moves the bytes of a copy, flushes them and reads them back. One flush at a time, none repeated: after a failed fsync a second one may lie, so the
 * first failure ends the copy.
 */
import { createHash } from 'node:crypto';
import { crashPoint } from '../crash-point.ts';
import type { Report } from './copy.ts';
import { type OpenFile, system } from './files.ts';
import { chunkBytes, hashFirst } from './look.ts';

/** `hash`: SHA-256 in lower-case hex of what was read back. */
export type Pumped = { readonly written: number; readonly hash: string };

/** A large file is flushed piece by piece while it grows, or the disk would idle first and be waited for in the end. Bytes. */
const flushEvery = 64 * 1024 * 1024;

type Behind = (position: number) => Promise<void>;

/** Reads the next chunk while the last one is being written and `behind` deals with what was written before. */
async function pump(from: OpenFile, to: OpenFile, size: number, behind: Behind, report: Report): Promise<number> {
  const length = Math.min(chunkBytes, Math.max(size, 1));
  let current = Buffer.allocUnsafeSlow(length);
  let next = size > length ? Buffer.allocUnsafeSlow(length) : current;
  let position = 0;
  let { bytesRead } = await from.read(current, 0, length, 0);
  while (bytesRead > 0) {
    const writeAll = async (): Promise<void> => {
      for (let done = 0; done < bytesRead; ) done += (await to.write(current, done, bytesRead - done, position + done)).bytesWritten;
    };
    const end = position + bytesRead;
    const readOn = end < size ? from.read(next, 0, length, end) : Promise.resolve({ bytesRead: 0 });
    const [read] = await Promise.all([readOn, writeAll(), behind(position)]);
    position = end;
    report(position);
    bytesRead = read.bytesRead;
    [current, next] = [next, current];
  }
  return position;
}

/** Flushes as the file grows, in the background; `end` flushes the rest. Both throw what any flush threw. */
function flushBehind(file: OpenFile): { grow: (position: number) => void; end: () => Promise<void> } {
  let flushedTo = 0;
  let running: Promise<void> | null = null;
  let fault: unknown = null;
  return {
    grow: (position) => {
      if (fault !== null) throw fault;
      if (running !== null || position - flushedTo < flushEvery) return;
      flushedTo = position;
      running = file.sync().then(
        () => {
          running = null;
        },
        (error: unknown) => {
          fault = error;
        },
      );
    },
    end: async () => {
      await running;
      if (fault !== null) throw fault;
      await file.sync();
    },
  };
}

/** For a local disk: what was written is read back and flushed while the next is being written. */
export async function pumpAndReadBack(from: OpenFile, to: OpenFile, size: number, report: Report): Promise<Pumped> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(size, 1)));
  const flushing = flushBehind(to);
  let checked = 0;
  const readBack = async (upTo: number): Promise<void> => {
    while (checked < upTo) {
      const { bytesRead } = await to.read(buffer, 0, Math.min(buffer.length, upTo - checked), checked);
      if (bytesRead === 0) return;
      hash.update(buffer.subarray(0, bytesRead));
      checked += bytesRead;
    }
  };
  const written = await pump(
    from,
    to,
    size,
    async (position) => {
      flushing.grow(position);
      await readBack(position);
    },
    report,
  );
  crashPoint('temp-written');
  // One byte more tells of more; who writes into the copy may have made it endless.
  await Promise.all([readBack(written + 1), flushing.end()]);
  return { written, hash: hash.digest('hex') };
}

/** A step of a flush on a share should take about so long. */
const stepMs = 2000;
const smallestStep = 1024 * 1024;
/** From one step to the next, so that one lucky answer does not make the next step endless. */
const growth = 4;

/**
 * Flushes to a share in steps that are waited for: a share takes writes into its cache at once, and then sends them in one flush without a word. Each
 * step is as long as the last ones were fast, and is told with its size before it begins.
 */
function flushInSteps(
  file: OpenFile,
  report: Report,
): { grow: (position: number) => Promise<void>; end: (position: number) => Promise<void> } {
  const { monotonic } = system.clock;
  let flushedTo = 0;
  let step = smallestStep;
  const flush = async (position: number): Promise<void> => {
    // What is being written meanwhile is flushed with it.
    const bytes = position - flushedTo + chunkBytes;
    const from = monotonic();
    report(position, bytes);
    await file.sync();
    report(position);
    const rightStep = (bytes / Math.max(1, monotonic() - from)) * stepMs;
    step = Math.max(smallestStep, Math.min(rightStep, step * growth, flushEvery));
    flushedTo = position;
  };
  return {
    grow: async (position) => {
      if (position - flushedTo >= step) await flush(position);
    },
    end: flush,
  };
}

/** For a share: read back only after the flush, when its server has the bytes. Whether there are more of them the caller asks. */
export async function pumpThenReadBack(from: OpenFile, to: OpenFile, size: number, report: Report): Promise<Pumped> {
  const flushing = flushInSteps(to, report);
  const written = await pump(from, to, size, flushing.grow, report);
  crashPoint('temp-written');
  await flushing.end(written);
  return { written, hash: await hashFirst(to, size, report) };
}
