/** B12: power cut with ten thousand deliveries open: how long until the hub answers, sends on, and has sent all. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { countsSchema } from '../../shared/api.ts';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { pressOf, startBenchHub } from './hub.ts';
import { printRow, scaled, time, withFolder } from './measure.ts';

export async function recovery(): Promise<boolean> {
  return withFolder(async (root) => {
    const data = join(root, 'data');
    const { hub, incoming, press } = await startBenchHub(data);
    try {
      const count = scaled(10_000, 500);
      await hub.ask(hotFolderSchema, 'PATCH', `/hot-folders/${press.id}`, { paused: true });
      for (let at = 0; at < count; at += 1) await writeFile(join(incoming, `${10_000 + at}-1 Card.pdf`), pdfBytes(at, 3000));
      while ((await pressOf(hub)).queued < count) await pause(200);
      // Set going and cut off at once, so that some are in the middle of being handed over.
      await hub.ask(hotFolderSchema, 'PATCH', `/hot-folders/${press.id}`, { paused: false });
      await pause(300);
      await hub.kill9();
      const lying = async () => (await readdir(press.path)).filter((name) => !name.startsWith('.')).length;
      const before = await lying();
      const peer = await time(async () => {
        const database = new Database(join(data, 'printfloor.sqlite'), { readonly: true });
        database.prepare('select count(*) from delivery').get();
        database.close();
        await Promise.all([readdir(press.path), readdir(incoming)]);
      });
      const from = performance.now();
      await hub.start();
      const ready = performance.now() - from;
      while ((await lying()) <= before) await pause(5);
      const first = performance.now() - from;
      while ((await hub.ask(countsSchema, 'GET', '/counts')).stages.queue !== count || (await pressOf(hub)).queued > 0) await pause(100);
      const all = performance.now() - from;
      const missed = count - (await lying());
      console.log(`B12: power cut with ${count - before} of ${count} deliveries open`);
      const safety = 'each delivered once, decided by record and disk';
      printRow({ name: 'Printfloor answers', safety, values: [ready], unit: 'ms' });
      printRow({ name: 'Printfloor sends on', safety, values: [first], unit: 'ms' });
      printRow({ name: 'Printfloor has sent all', safety, values: [all / 1000], unit: 's', more: `${missed} missed or double` });
      printRow({ name: 'bare: open SQLite, read folders', safety: 'reads only', values: [peer], unit: 'ms' });
      return missed === 0;
    } finally {
      await hub.clean();
    }
  });
}
