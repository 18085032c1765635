/** A ticket and its files come within one breath, in either order: whichever settles first, the ticket's word counts before anything is sent. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let digital = '';
beforeEach(async () => {
  floor = await openFloor();
  digital = join(floor.places.hotFolders, 'digital');
  await mkdir(digital);
  const { id } = await floor.addFolder({ name: 'digital', path: digital });
  await floor.ask('POST', '/rules', { name: 'Digital', position: 0, hotFolderId: id, conditions: { material: ['digital'] } });
});
afterEach(() => floor.close());

const formats = {
  json: (order: string, file: string) => JSON.stringify({ order, files: [file], attributes: { material: 'digital' } }),
  csv: (order: string, file: string) => `Auftrag;Position;Titel;Menge;Dateien;Material\r\n${order};1;Zwei;250;${file};digital\r\n`,
  xml: (order: string, file: string) => `<Order id="${order}"><Job id="1"><File>${file}</File><Material>digital</Material></Job></Order>`,
} as const;
type Format = keyof typeof formats;

async function lies(folderPath: string, name: string): Promise<void> {
  await until(async () => name in (await filesBelow(folderPath)), `${name} lies in ${folderPath}`, 10_000);
}
const inPress = async (): Promise<string[]> => Object.keys(await filesBelow(floor.press)).sort();
const numbers = async (): Promise<string[]> => (await floor.jobs()).map(({ number }) => number).sort();

describe.each(['top', 'sub'] as const)('in the %s folder', (place) => {
  it.each(Object.keys(formats) as Format[])(
    'a ticket as %s goes before its file, whichever of them is seen first',
    async (format) => {
      const orders: string[] = [];
      for (const [at, first] of (['ticket', 'file', 'ticket', 'file'] as const).entries()) {
        const order = String(3100 + at);
        const file = `race ${at}.pdf`;
        const folder = place === 'top' ? floor.places.incoming : join(floor.places.incoming, `order ${order}`);
        await mkdir(folder, { recursive: true });
        const put = {
          ticket: () => writeFile(join(folder, `t${at}.${format}`), formats[format](order, file)),
          file: () => writeFile(join(folder, file), pdfBytes(at)),
        };
        await put[first]();
        // A breath, and at once.
        if (at > 1) await pause(200);
        await put[first === 'ticket' ? 'file' : 'ticket']();
        await lies(digital, file);
        orders.push(`${order}-1`);
      }
      expect(await inPress()).toEqual([]);
      expect(await numbers()).toEqual(orders);
    },
    60_000,
  );
});

describe('a file', () => {
  it('with a number of its own waits for a ticket that is still to be read, wherever below the same folder it lies', async () => {
    await mkdir(join(floor.places.incoming, 'tickets'));
    await writeFile(join(floor.places.incoming, 'tickets', 'list.csv'), formats.csv('3201', ''));
    await floor.drop('3201-1 Flyer.pdf', pdfBytes(1));
    await lies(digital, '3201-1 Flyer.pdf');
    expect(await inPress()).toEqual([]);
  });

  it('that a ticket on record waits for is not kept waiting by other tickets, nor by its bare name', async () => {
    await floor.ask('PATCH', '/settings', { incompleteAfterMs: 60_000 });
    await floor.ask('POST', '/jobs', { order: '3301', files: ['known.pdf'] });
    await floor.drop('endless.json', '{"order":');
    await floor.drop('unknown.pdf', pdfBytes(2));
    await floor.drop('known.pdf', pdfBytes(1));
    await lies(floor.press, 'known.pdf');
    expect(await inPress()).toEqual(['known.pdf']);
    await floor.drop('endless.json', JSON.stringify({ order: '3302', files: ['unknown.pdf'] }));
    await lies(floor.press, 'unknown.pdf');
    expect(await numbers()).toEqual(['3301-1', '3302-1']);
  });

  it('waits no longer for a ticket that never ends than for any writer, and for one that is refused not at all', async () => {
    await floor.drop('broken.json', '{"order": "3401", "filse": []}');
    await floor.drop('one.pdf', pdfBytes(1));
    await lies(floor.press, 'one.pdf');
    await floor.ask('PATCH', '/settings', { incompleteAfterMs: 1000 });
    await floor.drop('endless.csv', 'order;files\r\n');
    const writer = setInterval(() => void writeFile(join(floor.places.incoming, 'endless.csv'), `order;files\r\n${Date.now()}`), 50);
    try {
      await floor.drop('two.pdf', pdfBytes(2));
      await lies(floor.press, 'two.pdf');
    } finally {
      clearInterval(writer);
    }
    expect((await floor.arrivals('rejected')).map(({ name }) => name)).toContain('broken.json');
  });

  it('and its ticket wait through a restart of the hub', async () => {
    await floor.drop('slow.csv', formats.csv('3501', 'slow.pdf'));
    await floor.drop('slow.pdf', pdfBytes(1));
    await pause(100);
    await floor.restart();
    await lies(digital, 'slow.pdf');
    expect(await numbers()).toEqual(['3501-1']);
  });
});

it('a hub that is killed while a file waits for its ticket takes both up again', async () => {
  const hub = await startTestHub();
  try {
    const incoming = join(hub.data, 'incoming');
    await writeFile(join(incoming, 'late.csv'), 'order;files;approval\r\n3601;late.pdf;required\r\n');
    await writeFile(join(incoming, 'late.pdf'), pdfBytes(1));
    // The file has settled, the list has not.
    await pause(2000);
    await hub.kill9();
    await hub.start();
    const jobs = z.object({ items: z.array(z.object({ number: z.string(), status: z.string(), files: z.array(z.unknown()) })) });
    const found = await until(
      async () => {
        const { items } = await hub.ask(jobs, 'GET', '/jobs');
        return items.some(({ files }) => files.length === 1) ? items : null;
      },
      'the file is on record',
      20_000,
    );
    expect(found.map(({ number }) => number)).toEqual(['3601-1']);
    expect(Object.keys(await filesBelow(join(hub.data, 'hotfolders')))).toEqual([]);
  } finally {
    await hub.clean();
  }
}, 60_000);
