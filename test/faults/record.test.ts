/** The disk of the hub's own record is full, or another program holds it: the whole hub says so, delivers nothing meanwhile, and goes on by itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { healthSchema, problemSchema, settingsSchema } from '../../shared/api.ts';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { need } from './machine.ts';
import { allJobs } from './observe.ts';
import { makeSmallDisk } from './share.ts';

const timeout = 120_000;
type Shop = { readonly hub: TestHub; readonly incoming: string; readonly press: string };

/** A hub with its data in `data`, and its folders elsewhere. */
async function openShop(data: string): Promise<Shop> {
  const hub = await startTestHub({ data });
  onTestFinished(hub.clean);
  const root = await mkdtemp(join(tmpdir(), 'printfloor-record-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [incoming, press] = [join(root, 'in'), join(root, 'press')];
  await Promise.all([mkdir(incoming), mkdir(press)]);
  await hub.ask(hotFolderSchema, 'PATCH', '/hot-folders/1', { path: press });
  await hub.ask(settingsSchema, 'PATCH', '/settings', { settleMs: 40, incoming: [{ path: incoming, location: 'local' }] });
  return { hub, incoming, press };
}

const health = (hub: TestHub) => hub.ask(healthSchema, 'GET', '/health');
const lying = async (press: string) => (await readdir(press)).filter((name) => !name.startsWith('.'));

async function expectNothingMoves({ hub, incoming, press }: Shop, code: string): Promise<void> {
  const told = await health(hub);
  expect(told).toMatchObject({ ok: false, record: { code, whatToDo: expect.stringContaining('goes on by itself') } });
  const refused = await hub.api('POST', '/jobs', { order: 'refused', job: '1' });
  expect(refused.status).toBe(503);
  expect(problemSchema.parse(refused.body)).toMatchObject({
    code: 'NOT_RECORDED',
    message: told.record?.message && expect.stringContaining(told.record.message),
  });
  await writeFile(join(incoming, '77-1 Flyer.pdf'), pdfBytes(77));
  const from = performance.now();
  await until(() => performance.now() - from > 1500, 'the file has settled long ago');
  expect(await lying(press)).toEqual([]);
  expect(hub.exited()).toBe(false);
}

async function expectGoesOn({ hub, press }: Shop): Promise<void> {
  await until(async () => (await health(hub)).record === null, 'the record works again', 20_000);
  await until(async () => (await lying(press)).length > 0, 'the file is delivered', 20_000);
  expect(await lying(press)).toEqual(['77-1 Flyer.pdf']);
  const jobs = await allJobs(hub);
  expect(jobs.filter(({ number }) => number === '77-1')).toHaveLength(1);
  expect(jobs.filter(({ number }) => number.startsWith('refused'))).toEqual([]);
  expect(await hub.stop()).toBe(0);
}

/** A shop with one file delivered and filed, whose hub was stopped in order. */
async function openShopWithCard() {
  const data = await mkdtemp(join(tmpdir(), 'printfloor-damaged-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const { hub, incoming, press } = await openShop(data);
  await writeFile(join(incoming, '76-1 Card.pdf'), pdfBytes(76));
  await until(async () => (await lying(press)).length > 0, 'the first file is delivered', 20_000);
  await until(async () => (await readdir(incoming)).every((name) => name.startsWith('.')), 'it is filed');
  expect(await hub.stop()).toBe(0);
  return { data, hub, incoming, press };
}

describe('the whole hub, when nothing can be recorded', () => {
  it('because the database was damaged by a power cut: it says so, moves nothing, and opens the file no more', { timeout }, async () => {
    const { data, hub, incoming, press } = await openShopWithCard();
    const [path, backup] = [join(data, 'printfloor.sqlite'), join(data, 'backup')];
    const record = new Database(path);
    record.exec('create table filler (x text)');
    for (let row = 0; row < 1000; row++) record.prepare('insert into filler values (?)').run('x'.repeat(3000));
    // As if it was cut short before: the original still lies where it came.
    const [original] = record.prepare('select archive_path as archived, source_path as source from file').all() as {
      archived: string;
      source: string;
    }[];
    if (original === undefined) throw new Error('no file on record');
    record.exec('update file set filed = 0');
    record.close();
    await rename(original.archived, original.source);
    await copyFile(path, backup);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(4096, 0xff), 0, 4096, 300 * 4096);
    await file.close();
    const damaged = await readFile(path);
    await hub.start();
    await writeFile(join(incoming, '77-1 Flyer.pdf'), pdfBytes(77));
    await until(async () => (await health(hub)).record?.code === 'RecordDamaged', 'the damage is told');
    const refused = await hub.api('POST', '/jobs', { order: 'refused', job: '1' });
    expect(refused.status).toBe(503);
    expect(problemSchema.parse(refused.body)).toMatchObject({ code: 'NOT_RECORDED', whatToDo: expect.stringContaining('backup') });
    const from = performance.now();
    await until(() => performance.now() - from > 1500, 'the file has settled long ago');
    const left = (await readdir(incoming)).filter((name) => !name.startsWith('.')).sort();
    expect([await lying(press), left]).toEqual([['76-1 Card.pdf'], ['76-1 Card.pdf', '77-1 Flyer.pdf']]);
    expect(await hub.stop()).toBe(0);
    expect((await readFile(path)).equals(damaged)).toBe(true);
    await expect(hub.start()).rejects.toThrow(/is damaged and was left as it is/);
    await copyFile(backup, path);
    await hub.start();
    await until(async () => (await lying(press)).length > 1, 'the file is delivered', 20_000);
    expect((await health(hub)).record).toBe(null);
  });

  it('because a damaged page is met while it runs: it says so, moves nothing more, answers what it can, and opens the file no more', {
    timeout,
  }, async () => {
    const { data, hub, incoming, press } = await openShopWithCard();
    const path = join(data, 'printfloor.sqlite');
    const record = new Database(path);
    const pages = record.prepare("select rootpage from sqlite_master where tbl_name = 'arrival' and rootpage > 0").all() as {
      rootpage: number;
    }[];
    record.close();
    await hub.start();
    const file = await open(path, 'r+');
    for (const { rootpage } of pages) await file.write(Buffer.alloc(4096, 0xff), 0, 4096, (rootpage - 1) * 4096);
    await file.close();
    const damaged = await readFile(path);
    // After a write nobody reads what he remembers.
    await hub.ask(settingsSchema, 'PATCH', '/settings', { shopName: 'Shop' });
    const asked = await hub.api('GET', '/arrivals');
    expect([asked.status, problemSchema.parse(asked.body).message]).toEqual([503, expect.stringContaining('malformed')]);
    expect((await health(hub)).record?.code).toBe('RecordDamaged');
    await writeFile(join(incoming, '77-1 Flyer.pdf'), pdfBytes(77));
    await writeFile(join(incoming, 'no program.exe'), 'MZ');
    expect((await hub.api('POST', '/jobs', { order: 'refused', job: '1' })).status).toBe(503);
    const from = performance.now();
    await until(() => performance.now() - from > 1500, 'the file has settled long ago');
    const left = (await readdir(incoming)).filter((name) => !name.startsWith('.')).sort();
    expect([await lying(press), left]).toEqual([['76-1 Card.pdf'], ['77-1 Flyer.pdf', 'no program.exe']]);
    expect((await allJobs(hub)).map(({ number }) => number)).toEqual(['76-1']);
    expect(await hub.stop()).toBe(0);
    expect((await readFile(path)).equals(damaged)).toBe(true);
    await expect(hub.start()).rejects.toThrow(/is damaged and was left as it is/);
  });

  it('because the disk of the data folder is full', { timeout }, async (context) => {
    await need(context, { root: true });
    const disk = await makeSmallDisk(8_000_000);
    onTestFinished(disk.clean);
    const shop = await openShop(join(disk.path, 'data'));
    await writeFile(join(disk.path, 'fill'), Buffer.alloc(9_000_000)).catch(() => undefined);
    for (let order = 1; (await health(shop.hub)).record === null; order++)
      await shop.hub.api('POST', '/jobs', { order: `${order}`, job: '1', title: 'x'.repeat(200) });
    await expectNothingMoves(shop, 'RecordFull');
    await rm(join(disk.path, 'fill'));
    await expectGoesOn(shop);
  });

  it('because another program holds the database: every other question is answered at once', { timeout }, async () => {
    const data = await mkdtemp(join(tmpdir(), 'printfloor-held-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    const shop = await openShop(data);
    const holder = join(import.meta.dirname, '../hub/store/sqlite/hold-lock.ts');
    const other = spawn(process.execPath, [holder, join(data, 'printfloor.sqlite')], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(other.stdout, 'data');
    const waits: number[] = [];
    const asked = shop.hub.api('POST', '/jobs', { order: 'refused', job: '0' });
    await until(
      async () => {
        const from = performance.now();
        const { record } = await health(shop.hub);
        waits.push(performance.now() - from);
        return record !== null;
      },
      'it is told',
      20_000,
    );
    expect(Math.max(...waits)).toBeLessThan(1000);
    expect((await asked).status).toBe(503);
    await expectNothingMoves(shop, 'RecordHeld');
    other.stdin.end();
    await expectGoesOn(shop);
  });
});
