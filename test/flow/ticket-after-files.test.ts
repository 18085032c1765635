/** A ticket that comes after its files: each of them becomes its, sent or not, and nothing is sent twice. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrival } from '../../shared/api.ts';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const inPress = async (): Promise<string[]> => Object.keys(await filesBelow(floor.press)).sort();
const pause = (paused: boolean) => floor.ask('PATCH', '/hot-folders/1', { paused });
const answer = (id: number | undefined, jobId: number | 'new') =>
  floor.ask<Arrival>('POST', `/arrivals/${id}/answer`, { jobId, actionId: `answer ${id}` });
const put = async (folder: string, name: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(join(floor.places.incoming, folder), { recursive: true });
  await writeFile(join(floor.places.incoming, folder, name), content);
};
const withFiles = (number: string, count: number): Promise<Job> =>
  until(async () => {
    const job = await floor.job(number);
    return job?.files.length === count ? job : null;
  }, `${number} has ${count} files`);
const askedOnce = () => until(async () => (await floor.arrivals('asked'))[0] ?? null, 'it is asked');
/** Something else goes through after it, so that what was to go has gone. */
async function sendAnother(): Promise<void> {
  await floor.drop('9-9 other.pdf', pdfBytes(99));
  await floor.untilStatus('9-9', 'InHotFolder');
}

const ticket = '{"order":"4001","files":["cover.pdf","inside.pdf"]}';

it('both of its files were sent: they are its, the emptied job says so, and nothing is sent twice', async () => {
  await floor.drop('cover.pdf', pdfBytes(1));
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await inPress()).length === 2, 'both are sent');
  await until(async () => (await floor.jobs()).every(({ status }) => status === 'InHotFolder'), 'both say so');
  await floor.drop('t.json', ticket);
  const job = await withFiles('4001-1', 2);
  expect(job.missing).toEqual([]);
  expect(job.deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  expect(job.status).toBe('InHotFolder');
  const emptied = (await floor.jobs()).find(({ number }) => number !== '4001-1');
  expect(emptied).toMatchObject({ status: 'CustomStatus', custom: 'Joined', stage: 'done', files: [], deliveries: [], attention: [] });
  expect((await floor.history(emptied?.id ?? 0)).at(-1)?.reason).toBe(
    `${emptied?.number === 'PF000001-1' ? 'cover.pdf' : 'inside.pdf'} belongs to 4001-1, by the ticket that came after it.`,
  );
  await sendAnother();
  expect(await inPress()).toEqual(['9-9 other.pdf', 'cover.pdf', 'inside.pdf']);
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.arrivals('duplicate')).length === 1, 'the same again is a duplicate');
});

it('neither was sent yet: both are sent once, as files of the ticket', async () => {
  await pause(true);
  await floor.drop('cover.pdf', pdfBytes(1));
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ deliveries }) => deliveries.length === 1).length === 2, 'both wait');
  await floor.drop('t.json', ticket);
  await withFiles('4001-1', 2);
  await pause(false);
  await until(async () => (await floor.job('4001-1'))?.deliveries.every(({ state }) => state === 'delivered'), 'both are sent');
  await sendAnother();
  expect(await inPress()).toEqual(['9-9 other.pdf', 'cover.pdf', 'inside.pdf']);
});

it('neither was sent yet, and the ticket wants an approval: nothing goes before it', async () => {
  await pause(true);
  await floor.drop('cover.pdf', pdfBytes(1));
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ deliveries }) => deliveries.length === 1).length === 2, 'both wait');
  await floor.drop('t.json', '{"order":"4001","files":["cover.pdf","inside.pdf"],"approval":"required"}');
  const { id } = await withFiles('4001-1', 2);
  await pause(false);
  await sendAnother();
  expect(await inPress()).toEqual(['9-9 other.pdf']);
  await floor.ask('POST', `/jobs/${id}/status`, { code: 'Approved', actionId: 'approve' });
  await until(async () => (await inPress()).length === 3, 'both go');
});

it('in their folder: the ticket beside them takes both', async () => {
  await put('ord-4001', 'cover.pdf', pdfBytes(1));
  await put('ord-4001', 'inside.pdf', pdfBytes(2));
  await until(async () => (await inPress()).length === 2, 'both are sent');
  await put('ord-4001', 't.json', ticket);
  await withFiles('4001-1', 2);
  expect((await floor.jobs()).length).toBe(2);
});

it('a ticket of a known job that names one more takes it over too', async () => {
  await floor.drop('a.json', '{"order":"4001","files":["cover.pdf"]}');
  await floor.untilStatus('4001-1', 'AwaitingData');
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await inPress()).length === 1, 'it is sent');
  await floor.drop('b.json', ticket);
  expect((await withFiles('4001-1', 1)).missing).toEqual(['cover.pdf']);
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await inPress()).length === 2, 'the other goes');
  expect((await floor.job('4001-1'))?.files.length).toBe(2);
});

it('by the API: what is not clear is asked about, on the job that the answer shows, and its answer gives it the file', async () => {
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'one job');
  await floor.drop('cover.pdf', pdfBytes(2));
  await until(async () => (await floor.jobs()).filter(({ status }) => status === 'InHotFolder').length === 2, 'two jobs');
  const { status, body } = await floor.ask<Job>('POST', '/jobs', { order: '4001', files: ['cover.pdf'] });
  expect([status, body.number, body.missing]).toEqual([201, '4001-1', ['cover.pdf']]);
  expect(body.attention.map(({ code }) => code)).toContain('WhoseFile');
  const asked = await askedOnce();
  expect(asked.question).toMatchObject({ about: 'ticket', why: 'severalJobs', newNumber: '4001-1' });
  expect(asked.question?.candidates.map(({ number }) => number).sort()).toEqual(['PF000001-1', 'PF000002-1']);
  // The same sent again asks once.
  await floor.ask('POST', '/jobs', { order: '4001', files: ['cover.pdf'] });
  expect(await floor.arrivals('asked')).toHaveLength(1);
  const second = await floor.job('PF000002-1');
  expect((await answer(asked.id, second?.id ?? 0)).body).toMatchObject({ outcome: 'ticket', jobId: body.id });
  const job = await floor.untilStatus('4001-1', 'InHotFolder');
  expect([job.files[0]?.sha256, job.missing, job.attention]).toEqual([second?.files[0]?.sha256, [], []]);
  expect((await floor.job('PF000001-1'))?.attention).toEqual([]);
  expect((await floor.job('PF000002-1'))?.custom).toBe('Joined');
  expect(await inPress()).toHaveLength(2);
});

it("of three files one is asked about: with its answer the others are the ticket's too", async () => {
  await floor.drop('menu.pdf', pdfBytes(1));
  await until(async () => (await inPress()).length === 1, 'one is sent');
  await floor.drop('menu.pdf', pdfBytes(2));
  await floor.drop('inside.pdf', pdfBytes(3));
  await until(async () => (await inPress()).length === 3, 'three are sent');
  await floor.drop('t.json', '{"order":"4002","files":["menu.pdf","inside.pdf"]}');
  const asked = await askedOnce();
  const chosen = (await floor.jobs()).find(({ files }) => files[0]?.name === 'menu.pdf');
  await answer(asked.id, chosen?.id ?? 0);
  const job = await withFiles('4002-1', 2);
  expect(job.missing).toEqual([]);
  expect(job.attention).toEqual([]);
});

it('a file the printer had refused is told of with the job of its ticket too', async () => {
  await mkdir(join(floor.press, 'Failed'), { recursive: true });
  await floor.ask('PATCH', '/hot-folders/1', { outcome: { kind: 'named', failed: 'Failed' } });
  await floor.drop('cover.pdf', pdfBytes(1));
  await floor.drop('inside.pdf', pdfBytes(2));
  await until(async () => (await inPress()).length === 2, 'both lie there');
  await rename(join(floor.press, 'inside.pdf'), join(floor.press, 'Failed', 'inside.pdf'));
  const asks = async (number: string): Promise<string[]> => ((await floor.job(number))?.attention ?? []).map(({ code }) => code);
  await until(
    async () => (await Promise.all((await floor.jobs()).map(({ number }) => asks(number)))).flat().includes('PrinterRefused'),
    'it is refused',
  );
  await floor.drop('t.json', ticket);
  await withFiles('4001-1', 2);
  expect(await asks('4001-1')).toContain('PrinterRefused');
});

it('a ticket beside its files does not take what lies at the top under the same name', async () => {
  await floor.drop('print.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', "somebody else's is sent");
  await put('ord-4003', 't.json', '{"order":"4003","files":["print.pdf"]}');
  expect((await floor.untilStatus('4003-1', 'AwaitingData')).files).toEqual([]);
  await put('ord-4003', 'print.pdf', pdfBytes(2));
  const job = await floor.untilStatus('4003-1', 'InHotFolder');
  expect(job.files.map(({ version }) => version)).toEqual([1]);
  expect((await floor.jobs()).map(({ number }) => number).sort()).toEqual(['4003-1', 'PF000001-1']);
});

describe('a ticket and its file dropped together', () => {
  it.each(['json', 'csv'])('as %s: the file goes by what the ticket says, whichever is written first', async (type) => {
    const word = (order: string) =>
      type === 'json'
        ? `{"order":"${order}","files":["f${order}.pdf"],"approval":"required"}`
        : `order;job;files;approval\n${order};1;f${order}.pdf;required\n`;
    for (let order = 5001; order <= 5006; order++) {
      const both = [() => floor.drop(`t${order}.${type}`, word(`${order}`)), () => floor.drop(`f${order}.pdf`, pdfBytes(order))];
      for (const drop of order % 2 === 0 ? both : both.toReversed()) await drop();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await until(async () => (await floor.jobs()).filter(({ files }) => files.length === 1).length === 6, 'all have their file');
    expect((await floor.jobs()).map(({ number, tracks }) => [number, tracks.intake?.code]).sort()).toEqual(
      Array.from({ length: 6 }, (_, index) => [`${5001 + index}-1`, 'UnapprovedOrder']),
    );
    expect(await inPress()).toEqual([]);
  });

  it('tickets that keep coming hold up no file that came before them', async () => {
    let isGoing = true;
    const sending = (async () => {
      for (let turn = 0; isGoing; turn++) {
        await floor.drop(`late ${turn}.csv`, `order;job\n${6000 + turn};1\n`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const from = performance.now();
    await floor.drop('7001-1 Flyer.pdf', pdfBytes(1));
    await floor.untilStatus('7001-1', 'InHotFolder');
    isGoing = false;
    await sending;
    expect(performance.now() - from).toBeLessThan(5000);
  });
});

describe('a ticket that says more than was known when its file was sent', () => {
  const problems = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code);
  const digital = async () => {
    const path = join(floor.places.hotFolders, 'digital');
    await mkdir(path);
    const { id } = await floor.addFolder({ name: 'digital', path, location: 'local' });
    await floor.ask('PATCH', '/rules/1', { position: 2 });
    const made = await floor.ask('POST', '/rules', {
      position: 1,
      name: 'Digital',
      conditions: { material: ['digital'] },
      hotFolderId: id,
    });
    expect(made.status).toBe(201);
    return path;
  };

  it('that it was not to be made yet: a person is told', async () => {
    await floor.drop('menu.pdf', pdfBytes(1));
    await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'it is sent');
    await floor.drop('t.json', '{"order":"8001","files":["menu.pdf"],"approval":"required"}');
    await withFiles('8001-1', 1);
    expect(await problems('8001-1')).toEqual(['SentBeforeTicket', 'UnapprovedOrder']);
  });

  it("that it belongs to another press: what waits goes there, what was sent is a person's", async () => {
    const path = await digital();
    await floor.drop('sent.pdf', pdfBytes(1));
    await until(async () => (await inPress()).length === 1, 'it is sent');
    await pause(true);
    await floor.drop('waits.pdf', pdfBytes(2));
    await until(async () => (await floor.jobs()).filter(({ deliveries }) => deliveries.length === 1).length === 2, 'the other waits');
    for (const [order, name] of [
      ['8002', 'sent.pdf'],
      ['8003', 'waits.pdf'],
    ])
      await floor.drop(`${order}.json`, JSON.stringify({ order, files: [name], attributes: { material: 'digital' } }));
    await floor.untilStatus('8003-1', 'InHotFolder');
    await pause(false);
    await sendAnother();
    expect(Object.keys(await filesBelow(path))).toEqual(['waits.pdf']);
    expect(await inPress()).toEqual(['9-9 other.pdf', 'sent.pdf']);
    expect(await problems('8002-1')).toEqual(['SentElsewhere']);
    expect(await problems('8003-1')).toEqual([]);
  });
});
