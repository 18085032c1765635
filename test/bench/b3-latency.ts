/** B3: one small file, from the moment it is closed in one folder to its final name in the other, settle time set to 0. */

import { watch } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pdfBytes } from '../pdf.ts';
import { startBenchHub } from './hub.ts';
import { median, printRow, printTarget, quantile, scaled, withFolder } from './measure.ts';
import { startInotifyLoop } from './peers.ts';

/** Writes a file and waits for its name; ms from the end of writing. */
async function oneArrival(from: string, to: string, name: string, content: Buffer): Promise<number> {
  const arrived = Promise.withResolvers<number>();
  const watcher = watch(to, (_, seen) => {
    if (seen === name) arrived.resolve(performance.now());
  });
  const timer = setTimeout(() => arrived.reject(new Error(`${name} did not arrive`)), 20_000);
  try {
    await writeFile(join(from, name), content);
    const written = performance.now();
    return Math.max(0, (await arrived.promise) - written);
  } finally {
    clearTimeout(timer);
    watcher.close();
  }
}

export async function latency(): Promise<boolean> {
  return withFolder(async (root) => {
    const [inLoop, outLoop] = [join(root, 'loop-in'), join(root, 'loop-out')];
    await mkdir(inLoop);
    await mkdir(outLoop);
    const { hub, incoming, press } = await startBenchHub(join(root, 'data'));
    const loop = await startInotifyLoop(inLoop, `cp '${inLoop}'/"$f" '${outLoop}'/"$f"`);
    try {
      const ours: number[] = [];
      const theirs: number[] = [];
      const samples = scaled(60, 15);
      for (let at = 0; at < samples + 3; at += 1) {
        const content = pdfBytes(at, 5000);
        const mine = await oneArrival(incoming, press.path, `${2000 + at}-1 Card.pdf`, content);
        const other = await oneArrival(inLoop, outLoop, `${2000 + at}-1 Card.pdf`, content);
        // The first ones warm both up.
        if (at >= 3) {
          ours.push(mine);
          theirs.push(other);
        }
        await pause(120);
      }
      console.log(`B3: ${samples} small files, one by one`);
      const high = (values: readonly number[]) => `95 % within ${quantile(values, 0.95).toFixed(1)} ms`;
      printRow({ name: 'Printfloor', safety: 'job on record, verified, fsync, folder fsync', values: ours, unit: 'ms', more: high(ours) });
      printRow({
        name: 'inotifywait loop with cp',
        safety: 'nothing; the name shows before the content',
        values: theirs,
        unit: 'ms',
        more: high(theirs),
      });
      console.log(`  ratio of medians: ${(median(ours) / median(theirs)).toFixed(2)}; files lying: ${(await readdir(press.path)).length}`);
      return printTarget('arrival to final name, median', median(ours), ' ms', { atMost: 25 });
    } finally {
      await loop.stop();
      await hub.clean();
      await rm(inLoop, { recursive: true, force: true });
    }
  });
}
