/**
 * The same floor cut off: power cuts at every moment of handing over, each in a press of its own that was away when the hub started again, so that nobody has
 * gone on with it; then tickets half read and originals not filed.
 */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { pdfBytes, truncatedPdf } from '../../pdf.ts';
import type { Yesterday } from './yesterday.ts';

const bigBytes = 52 * 1024 * 1024;

/** A PDF of this size that packs to nothing. */
function bigPdf(): Buffer {
  const small = pdfBytes(9100, 2000);
  return Buffer.concat([small, Buffer.alloc(bigBytes - small.length - 6), Buffer.from('%%EOF\n')]);
}

/** Copies of ours that lie in a folder under their temporary names. */
export function tempNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^\.printfloor-\d+-.*\.part$/.test(name))
    .map((name) => join(folder, name));
}

async function cutAt(floor: Yesterday, press: string, point: string, content?: Buffer): Promise<void> {
  await floor.hub.start({ env: { PRINTFLOOR_CRASH_AT: point } });
  const order = press.toLowerCase().replace(' ', '-');
  if (content === undefined) await floor.order(order, press);
  else {
    await floor.send('POST', '/jobs', { order, files: [`${order} art.pdf`], attributes: { press } });
    floor.drop(`${order} art.pdf`, content);
  }
  await floor.hub.waitForExit(60_000);
  floor.takeAway(press);
}

/** Kills the hub as soon as the record answers more than none. */
function killWhen(floor: Yesterday, question: string): number {
  const record = new Database(join(floor.hub.data, 'printfloor.sqlite'), { readonly: true });
  const ask = record.prepare<[], { n: number }>(question);
  const until = Date.now() + 30_000;
  while ((ask.get()?.n ?? 0) === 0) if (Date.now() > until) throw new Error(`Not within 30 s: ${question}`);
  process.kill(-floor.hub.pid, 'SIGKILL');
  const found = ask.get()?.n ?? 0;
  record.close();
  return found;
}

/** A list of which some rows were taken, and one of which all were, when the hub was killed. Neither is filed. */
async function cutTickets(floor: Yesterday): Promise<void> {
  const rowsOf = (name: string, count: number) =>
    [
      'order;job;title;files',
      ...Array.from({ length: count }, (_, row) => `${name}${row + 1};1;Zeile ${row + 1};${name}${row + 1}.pdf`),
    ].join('\r\n');
  await floor.hub.start();
  floor.drop('whole.csv', rowsOf('WHOLE', 3));
  killWhen(floor, "select count(*) as n from arrival where name = 'whole.csv'");
  await floor.hub.waitForExit(5000);
  const aside = join(floor.root, 'whole.csv');
  renameSync(join(floor.incoming, 'whole.csv'), aside);
  await floor.hub.start();
  floor.drop('half.csv', rowsOf('HALF', 120));
  const taken = killWhen(floor, "select count(*) as n from job where order_no like 'HALF%'");
  await floor.hub.waitForExit(5000);
  if (taken !== 50) throw new Error(`${taken} rows of half.csv were taken instead of 50: make it again`);
  renameSync(aside, join(floor.incoming, 'whole.csv'));
}

export async function cutOff(floor: Yesterday): Promise<void> {
  // Ready to be handed over; lies there with our copy beside it; lies there alone; taken with our copy inside, and tidied up; being copied; taken.
  await cutAt(floor, 'Cut A', 'publishing-recorded');
  await cutAt(floor, 'Cut B', 'published');
  await cutAt(floor, 'Cut C', 'temp-removed');
  await cutAt(floor, 'Cut D', 'published');
  const cutD = join(floor.root, 'presses/cut-d (away)');
  for (const path of [join(cutD, 'cut-d art.pdf'), ...tempNames(cutD)]) rmSync(path);
  await cutAt(floor, 'Cut E', 'temp-written', bigPdf());
  // The presses share the folder for copies, and each clears away what is only half copied.
  const staging = join(floor.root, 'presses/.printfloor-staging');
  const half = tempNames(staging).at(-1) ?? '';
  renameSync(half, join(floor.root, basename(half)));
  await cutAt(floor, 'Cut F', 'temp-removed');
  rmSync(join(floor.root, 'presses/cut-f (away)/cut-f art.pdf'));
  await floor.hub.start({ env: { PRINTFLOOR_CRASH_AT: 'original-filed' } });
  await floor.order('filed', 'Paused press');
  await floor.hub.waitForExit(20_000);
  await floor.hub.start();
  await floor.send('POST', '/jobs', {
    order: 'soon',
    startAt: new Date(Date.now() + 20_000).toISOString(),
    files: ['soon art.pdf'],
    attributes: { press: 'press-1' },
  });
  floor.drop('soon art.pdf', pdfBytes(9101, 2000));
  await floor.untilJob('soon-1', 'has its file', (job) => JSON.stringify(job['files']) !== '[]');
  await cutTickets(floor);
  const lists = ['whole.csv', 'half.csv'];
  for (const name of lists) renameSync(join(floor.incoming, name), join(floor.root, name));
  await floor.hub.start({ env: { PRINTFLOOR_CRASH_AT: 'arrival-recorded' } });
  floor.drop('recorded-1 art.pdf', pdfBytes(9102, 2000));
  await floor.hub.waitForExit(20_000);
  for (const name of lists) renameSync(join(floor.root, name), join(floor.incoming, name));
  renameSync(join(floor.root, basename(half)), half);
  for (const cut of ['A', 'B', 'C', 'D', 'E', 'F']) floor.bringBack(`Cut ${cut}`);
  writeFileSync(
    join(floor.incoming, 'late.json'),
    JSON.stringify({ order: 'late', title: 'Kam, als niemand da war', files: ['late art.pdf'], attributes: { press: 'press-1' } }),
  );
  writeFileSync(join(floor.incoming, 'late art.pdf'), pdfBytes(9103, 2000));
  writeFileSync(join(floor.incoming, 'half written.pdf'), truncatedPdf(9104, 4000));
}
