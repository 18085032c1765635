/** B14: eight printers on shares of their own, one of them dead: what the other seven get done, against seven alone. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hotFolderSchema, ruleSchema } from '../../shared/hot-folder.ts';
import { isRoot, lack } from '../faults/machine.ts';
import { makeShare } from '../faults/share.ts';
import { pdfBytes } from '../pdf.ts';
import { startBenchHub } from './hub.ts';
import { median, printRow, printTarget, runs, scaled, withFolder } from './measure.ts';

const healthy = 7;

/** Files a second that reach the seven; with `dead` an eighth whose share stopped answering has as many to get. */
async function sevenPrinters(filesEach: number, dead: boolean): Promise<number> {
  return withFolder(async (root) => {
    const share = dead ? await makeShare() : null;
    const { hub, incoming } = await startBenchHub(join(root, 'data'));
    try {
      const paths: string[] = [];
      for (let printer = 1; printer <= healthy + (dead ? 1 : 0); printer += 1) {
        const path = printer > healthy && share !== null ? share.path : join(root, 'hot', String(printer));
        await mkdir(path, { recursive: true });
        const folder = await hub.ask(hotFolderSchema, 'POST', '/hot-folders', { name: `printer-${printer}`, path, location: 'network' });
        await hub.ask(ruleSchema, 'POST', '/rules', {
          name: `for ${printer}`,
          position: 0,
          conditions: { product: [`product ${printer}`] },
          hotFolderId: folder.id,
        });
        paths.push(path);
      }
      const rows = ['order,job,title,product,files'];
      const names: string[] = [];
      for (let file = 1; file <= filesEach; file += 1) {
        for (let printer = 1; printer <= paths.length; printer += 1) {
          const name = `${printer}${String(file).padStart(5, '0')}-1 Card.pdf`;
          names.push(name);
          rows.push(`${printer}${String(file).padStart(5, '0')},1,Card,product ${printer},${name}`);
        }
      }
      await writeFile(join(incoming, 'jobs.csv'), `${rows.join('\n')}\n`);
      await pause(1500);
      share?.freeze();
      const from = performance.now();
      await Promise.all(names.map((name, at) => writeFile(join(incoming, name), pdfBytes(at, 50_000))));
      const counted = async () =>
        (
          await Promise.all(
            paths.slice(0, healthy).map(async (path) => (await readdir(path)).filter((name) => name.endsWith('.pdf')).length),
          )
        ).reduce((sum, one) => sum + one, 0);
      while ((await counted()) < healthy * filesEach) await pause(20);
      return (healthy * filesEach) / ((performance.now() - from) / 1000);
    } finally {
      share?.thaw();
      await hub.clean();
      await share?.clean();
    }
  });
}

export async function deadShare(): Promise<boolean> {
  const why = isRoot() ? await lack('bindfs') : 'it needs root';
  if (why !== null) {
    console.log(`B14 cannot be measured here: ${why}`);
    return false;
  }
  const filesEach = scaled(150, 20);
  const alone: number[] = [];
  const beside: number[] = [];
  for (let run = 0; run < Math.min(runs, 5); run += 1) {
    alone.push(await sevenPrinters(filesEach, false));
    beside.push(await sevenPrinters(filesEach, true));
  }
  console.log(`B14: seven printers with ${filesEach} files each`);
  const safety = 'on record, verified, fsync, never replaces; original filed';
  printRow({ name: 'seven alone', safety, values: alone, unit: 'files/s' });
  printRow({ name: 'seven beside a dead share', safety, values: beside, unit: 'files/s' });
  return printTarget('kept beside a dead share', median(beside) / median(alone), ' x', { atLeast: 0.95 });
}
