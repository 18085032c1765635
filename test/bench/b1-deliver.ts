/** B1: moving bytes into a hot folder, durable and verified, against what the shell and rsync do with less. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localLabel } from '../../electron/hub/disk/files.ts';
import { openDisk } from '../../electron/hub/disk/open-disk.ts';
import { writeNote } from '../../electron/hub/disk/own-file.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { writePdf } from '../pdf.ts';
import { median, printRow, printTarget, runs, scaled, time, withFolder } from './measure.ts';
import { shell } from './peers.ts';

/** As many at once as the hub sends to a local folder: many small ones, few large ones. */
const lanesFor = (size: number): number => (size < 8 * 1024 * 1024 ? 24 : 2);

type Source = { readonly path: string; readonly name: string; readonly size: number; readonly sha256: string };

async function inLanes<Item>(lanes: number, items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function measureSize(label: string, count: number, size: number, times: number): Promise<boolean> {
  return withFolder(async (root) => {
    const disk = openDisk(localLabel, realPorts);
    try {
      const from = join(root, 'from');
      const to = join(root, 'to');
      await mkdir(from);
      for (let at = 0; at < count; at += 1) await writePdf(join(from, `${1000 + at}-1.pdf`), at, size);
      const sources: Source[] = [];
      for (const name of await readdir(from)) {
        const path = join(from, name);
        sources.push({ path, name, size, sha256: (await disk.inspect(path, Number.MAX_SAFE_INTEGER)).sha256 ?? '' });
      }
      await shell(`sync -f '${from}'`);
      const staging = join(root, 'staging');
      await mkdir(staging);
      const live = { folderPath: to, markerPath: join(staging, 'marker'), marker: 'bench' };
      await writeNote(live.markerPath, 'bench');
      const ours = () =>
        inLanes(lanesFor(size), sources, async (source) => {
          const tempPath = join(staging, `.${source.name}.part`);
          const mark = await disk.copyVerified([source.path], tempPath, source, live, false);
          await disk.publish(tempPath, join(to, source.name), live, mark, source);
        });
      const sides: { name: string; safety: string; work: () => Promise<void>; rates: number[] }[] = [
        {
          name: 'Printfloor',
          safety: 'verified by SHA-256 read-back, fsync, never replaces, folder fsync, each file',
          work: ours,
          rates: [],
        },
        {
          name: 'rsync -W --fsync',
          safety: 'fsync of each file, renamed; not read back, folder not flushed',
          work: () => shell(`rsync -W --fsync '${from}'/* '${to}'/`),
          rates: [],
        },
        {
          name: 'cp + sync',
          safety: 'all flushed at the end; half files under their final names meanwhile',
          work: () => shell(`cp '${from}'/* '${to}'/ && sync -f '${to}'`),
          rates: [],
        },
        { name: 'cp', safety: 'nothing', work: () => shell(`cp '${from}'/* '${to}'/`), rates: [] },
      ];
      for (let turn = 0; turn < times; turn += 1) {
        for (const side of sides) {
          await rm(to, { recursive: true, force: true });
          await mkdir(to);
          await shell(`sync -f '${to}'`);
          const ms = await time(side.work);
          if ((await readdir(to)).length !== count) throw new Error(`${side.name} lost files`);
          side.rates.push((count * size) / 1e6 / (ms / 1000));
        }
      }
      console.log(`B1 ${label}: ${count} files`);
      for (const { name, safety, rates } of sides) printRow({ name, safety, values: rates, unit: 'MB/s' });
      const [mine, rsync] = sides;
      return printTarget('rate against rsync -W --fsync', median(mine?.rates ?? []) / median(rsync?.rates ?? []), ' x', { atLeast: 0.9 });
    } finally {
      disk.stop();
    }
  });
}

export async function deliver(): Promise<boolean> {
  const small = await measureSize('1 MB', scaled(1000, 50), 1_000_000, runs);
  const medium = await measureSize('100 MB', scaled(20, 2), 100_000_000, Math.min(runs, 3));
  const large = await measureSize('5 GB', 1, scaled(5_000_000_000, 200_000_000), Math.min(runs, 3));
  return small && medium && large;
}
