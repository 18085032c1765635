/** A record that may be damaged: nothing is written to it before it is found whole, whoever waits, and no end of the program makes it a good one. */
import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { quietTimers, systemClock } from '../../../../electron/hub/ports/system.ts';
import { makeRecordCheck } from '../../../../electron/hub/record-check.ts';
import { type CheckRecord, openStore } from '../../../../electron/hub/store/open.ts';
import { whileAsked } from '../../../../electron/hub/store/record-trouble.ts';
import { startBeside } from '../../../../electron/hub/store/sqlite/read-beside.ts';
import { mustCheck } from '../../../../electron/hub/store/sqlite/suspect.ts';
import type { NewSecurity, Store } from '../../../../electron/hub/store/store.ts';
import { addOrdered } from '../fresh-store.ts';

let path = '';
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printfloor-suspect-'));
  path = join(folder, 'printfloor.sqlite');
  return () => rm(folder, { recursive: true, force: true });
});

/** A record that was closed in order, of some megabytes. */
async function makeRecord(rows = 1000): Promise<void> {
  await (await openStore({ path })).close();
  const database = new Database(path);
  database.exec('create table filler (x text)');
  database.transaction(() => {
    const add = database.prepare('insert into filler values (?)');
    for (let row = 0; row < rows; row++) add.run('x'.repeat(3000));
  })();
  database.close();
}

function damage(): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(statSync(path).size / 8192) * 4096);
}

function checkByHand(): { readonly check: CheckRecord; readonly tell: (damage: string | null) => void; readonly asked: () => number } {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let asked = 0;
  return {
    check: () => {
      asked += 1;
      return { found: promise, stop: () => undefined };
    },
    tell: resolve,
    asked: () => asked,
  };
}

const zone = (store: Store, timeZone: string): Promise<unknown> => store.write((tx) => tx.changeSettings({ timeZone }));
const note = (): string => `${path}-unchecked`;

it('holds every write until it is found whole, and shows meanwhile what is on record', async () => {
  await makeRecord();
  const { check, tell } = checkByHand();
  const store = await openStore({ path, checkRecord: check });
  expect(store.trouble()?.code).toBe('RecordUnchecked');
  let written = 0;
  const writes = ['Europe/Berlin', 'Europe/Paris'].map((name) => zone(store, name).then(() => written++));
  const before = await store.read.settings();
  await realPorts.timers.pause(50);
  expect(written).toBe(0);
  expect(await store.read.settings()).toEqual(before);
  tell(null);
  await Promise.all(writes);
  expect(store.trouble()).toBe(null);
  expect((await store.read.settings()).timeZone).toBe('Europe/Paris');
  expect(existsSync(note())).toBe(false);
  await store.close();
});

it('refuses whoever waits for an answer when the check takes long; what the hub itself saw waits on', async () => {
  await makeRecord();
  const { check, tell } = checkByHand();
  const late: (() => void)[] = [];
  const after = (_ms: number, call: () => void) => {
    late.push(call);
    return () => undefined;
  };
  const timers = { ...realPorts.timers, after };
  const store = await openStore({ path, ports: { ...realPorts, timers }, checkRecord: check });
  const asked = whileAsked(() => zone(store, 'Europe/Berlin'));
  const own = zone(store, 'Europe/Paris');
  for (const call of late) call();
  await expect(asked).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  await expect(whileAsked(() => zone(store, 'Europe/Rome'))).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  tell(null);
  await own;
  expect((await store.read.settings()).timeZone).toBe('Europe/Paris');
  await store.close();
});

it('found damaged takes nothing more, and is not opened at the next start unless it is another file', async () => {
  await makeRecord();
  const { check, tell } = checkByHand();
  const store = await openStore({ path, checkRecord: check });
  const own = zone(store, 'Europe/Paris');
  tell('a page is missing');
  await expect(own).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect(store.trouble()).toMatchObject({ code: 'RecordDamaged', raw: 'a page is missing' });
  await expect(zone(store, 'Europe/Rome')).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  await store.close();
  expect(mustCheck(path)).toBe('first');
  damage();
  await expect(openStore({ path, checkRecord: checkByHand().check })).rejects.toThrow(/is damaged and was left as it is/);
  await rm(path);
  await makeRecord(10);
  await (await openStore({ path, checkRecord: checkByHand().check })).close();
  expect(existsSync(note())).toBe(false);
});

it('made by a newer version is refused, suspect or not', async () => {
  await makeRecord();
  const database = new Database(path);
  database.exec("insert into migration values (999, 'later', 'x', 0)");
  database.close();
  const { check, asked } = checkByHand();
  await expect(openStore({ path, checkRecord: check })).rejects.toThrow(/made by a newer Printfloor/);
  expect(asked()).toBe(0);
});

it('closed in order before the check had an end is checked anew', async () => {
  await makeRecord(30_000);
  expect(mustCheck(path)).toBe('no');
  const killed = new Database(path);
  killed.exec("insert into filler values ('x')");
  expect(mustCheck(path)).toBe('beside');
  const first = checkByHand();
  const store = await openStore({ path, checkRecord: first.check });
  killed.close();
  const own = zone(store, 'Europe/Paris');
  await Promise.all([expect(own).rejects.toMatchObject({ code: 'NOT_RECORDED' }), store.close()]);
  // Nothing is put away from the log into a file that may be damaged.
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  expect(mustCheck(path)).toBe('beside');
});

/** A record of which the pages of one table are damaged while it is open; nothing of it was read yet. */
async function openAndDamage(table: string, options: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> {
  await makeRecord();
  const database = new Database(path);
  const { rootpage } = database.prepare('select rootpage from sqlite_master where name = ?').get(table) as { rootpage: number };
  database.close();
  const store = await openStore({ path, ...options });
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, (rootpage - 1) * 4096);
  closeSync(file);
  return store;
}

async function expectDamaged(store: Store): Promise<void> {
  expect(store.trouble()).toMatchObject({ code: 'RecordDamaged', raw: expect.stringContaining('malformed') });
  await expect(zone(store, 'Europe/Rome')).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect((await store.read.settings()).settleMs).toBeGreaterThanOrEqual(0);
  expect(mustCheck(path)).toBe('first');
  const left = readFileSync(path);
  await store.close();
  expect(readFileSync(path).equals(left)).toBe(true);
  await expect(openStore({ path, checkRecord: checkByHand().check })).rejects.toThrow(/is damaged and was left as it is/);
}

it('a damaged page that is read is told to who asked for it and to everybody: nothing more is recorded, and other questions go on', async () => {
  const told: unknown[] = [];
  const store = await openAndDamage('security', { onTrouble: (trouble) => told.push(trouble?.code) });
  const broken: unknown[] = [];
  const note = (error: unknown): number => broken.push(error);
  process.on('unhandledRejection', note);
  for (let time = 0; time < 2; time++) {
    await expect(store.read.security({ limit: 10 })).rejects.toMatchObject({ message: expect.stringContaining('malformed') });
    expect((await store.read.settings()).settleMs).toBeGreaterThanOrEqual(0);
  }
  await expectDamaged(store);
  process.off('unhandledRejection', note);
  expect([broken, told]).toEqual([[], ['RecordDamaged']]);
});

it('a damaged page that the thread beside the hub reads is told to everybody as well', async () => {
  const readBeside: typeof realPorts.readBeside = (record, onLost) =>
    startBeside(record, { timers: quietTimers, clock: systemClock, largeFrom: 0, onLost });
  const store = await openAndDamage('security', { ports: { ...realPorts, readBeside } });
  await expect(store.ask().security({ limit: 10 })).rejects.toMatchObject({ message: expect.stringContaining('malformed') });
  await expectDamaged(store);
});

it('a damaged page that is met by a write ends it and all that waits with it', async () => {
  // A check by the hub itself would have read the page already.
  const { check, tell } = checkByHand();
  tell(null);
  // However slow the machine is, all are one flush.
  const clock = { ...realPorts.clock, monotonic: () => 0 };
  const store = await openAndDamage('security', { ports: { ...realPorts, clock }, checkRecord: check });
  const entry: NewSecurity = { kind: 'tokenMade', actor: 'system', address: null, about: 'key', changes: [] };
  const writes = [zone(store, 'Europe/Berlin'), store.write((tx) => tx.noteSecurity(entry, 0)), zone(store, 'Europe/Paris')];
  for (const write of writes) await expect(write).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  expect((await store.read.settings()).timeZone).not.toMatch(/Berlin|Paris/);
  await expectDamaged(store);
});

it('damage that is met while the file is checked is not taken back by a check that read the page before', async () => {
  const { check, tell } = checkByHand();
  const store = await openAndDamage('security', { checkRecord: check });
  const own = zone(store, 'Europe/Paris');
  await expect(store.read.security({ limit: 10 })).rejects.toThrow(/malformed/);
  await expect(own).rejects.toMatchObject({ code: 'NOT_RECORDED' });
  tell(null);
  await realPorts.timers.turn();
  await expectDamaged(store);
});

it('found whole it is brought up to date before anything else is written', async () => {
  await makeRecord();
  const before = await openStore({ path });
  const jobId = await addOrdered(before, '1');
  await before.close();
  const database = new Database(path);
  // As versions had it that took what was told others for where the job stands.
  database.exec("update job set status = 'SentEmail'");
  database.close();
  const { check, tell } = checkByHand();
  const store = await openStore({ path, checkRecord: check });
  tell(null);
  await zone(store, 'Europe/Berlin');
  expect((await store.read.job(jobId))?.status).not.toBe('SentEmail');
  await store.close();
});

it('is judged by a process of its own', async () => {
  await makeRecord();
  const check = makeRecordCheck(realPorts, () => undefined);
  expect(await check(path).found).toBe(null);
  damage();
  expect(await check(path).found).toMatch(/\S/);
});
