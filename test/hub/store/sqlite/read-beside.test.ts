import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { quietTimers, systemClock } from '../../../../electron/hub/ports/system.ts';
import { toldReader } from '../../../../electron/hub/server/told-reader.ts';
import { askedOf, type Beside } from '../../../../electron/hub/store/beside.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { type BesideOptions, startBeside } from '../../../../electron/hub/store/sqlite/read-beside.ts';
import type { Asked, Store } from '../../../../electron/hub/store/store.ts';
import { fillRecord } from '../../../bench/big-record/fill.ts';
import { addFolder, addJob, addOrdered, makeFolder, noon, openFresh } from '../fresh-store.ts';

function startFor(path: string, options: Partial<BesideOptions> = {}): Beside {
  return startBeside(path, { timers: quietTimers, clock: systemClock, largeFrom: 0, ...options });
}

/** A store whose people are answered by a thread, however small it is. */
async function openWithThread(options: Partial<BesideOptions> = {}): Promise<{ store: Store; path: string }> {
  const path = join(await makeFolder(), 'record.db');
  const store = await openStore({ path, ports: { ...realPorts, readBeside: (record) => startFor(record, options) } });
  onTestFinished(() => store.close());
  return { store, path };
}

it('what people ask is answered by the thread as the hub itself would, its refusals too', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'record.db');
  const empty = await openFresh(folder);
  await addFolder(empty, 'press-1');
  await empty.close();
  await fillRecord(path, 500, noon);
  const store = await openFresh(folder);
  const beside = startFor(path);
  onTestFinished(() => beside.close());
  const questions: ((asked: Asked) => Promise<unknown>)[] = [
    (asked) => asked.jobs({ limit: 100 }),
    (asked) => asked.jobs({ limit: 30, q: 'flyer', stage: 'done' }),
    (asked) => asked.jobs({ limit: 30, hotFolder: 1, order: 'oldest', status: 'CustomStatus' }),
    (asked) => asked.historyPage(7, 0),
    (asked) => asked.eventsPage(100, 50),
    (asked) => asked.arrivals({ limit: 20 }),
    (asked) => asked.security({ limit: 20 }),
    (asked) => asked.jobs({ limit: 5, cursor: 'none of ours' }).catch((error: unknown) => error),
  ];
  // Nothing is asked of the hub's own connection.
  const ofThread = askedOf({} as Store['read'], beside, undefined);
  for (const ask of questions) expect(await ask(ofThread)).toEqual(await ask(store.read));
});

it('whoever was told that something is written finds it, by a list and by a search, while others write and ask', async () => {
  const { store } = await openWithThread();
  const seen = async (order: number): Promise<void> => {
    const id = await addOrdered(store, `${order}`);
    const [list, found, history] = await Promise.all([
      store.ask().jobs({ limit: 500, stage: 'intake' }),
      store.ask().jobs({ limit: 5, q: `${order}-1` }),
      store.ask().historyPage(id, 0),
    ]);
    expect(list.items.map((job) => job.id)).toContain(id);
    expect(found.items.map((job) => job.id)).toContain(id);
    expect(history.items).toHaveLength(1);
  };
  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 8 }, (_, at) => seen(1000 + round * 8 + at)));
});

it('nobody is told by the thread of what a power cut could still take back', async () => {
  const [begun, flushed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const path = join(await makeFolder(), 'record.db');
  const openLog: typeof realPorts.openLog = (log) => ({
    ...realPorts.openLog(log),
    flush: async () => {
      begun.resolve();
      await flushed.promise;
    },
  });
  const store = await openStore({ path, ports: { ...realPorts, openLog, readBeside: (record) => startFor(record) } });
  onTestFinished(() => store.close());
  const written = addJob(store, '1');
  await begun.promise;
  // The thread sees what is committed; outside nobody hears of it.
  expect((await store.ask().jobs({ limit: 5 })).items).toHaveLength(1);
  let isTold = false;
  const told = toldReader(store)
    .ask()
    .jobs({ limit: 5 })
    .then(({ items }) => {
      isTold = true;
      return items.length;
    });
  await store.ask().jobs({ limit: 5 });
  expect(isTold).toBe(false);
  flushed.resolve();
  expect(await told).toBe(1);
  await written;
});

it('a question has an end: its time is over, its asker leaves, or too many wait; the others are answered', async () => {
  const alarms: (() => void)[] = [];
  const after: BesideOptions['timers']['after'] = (_ms, call) => {
    alarms.push(call);
    return () => undefined;
  };
  const { store } = await openWithThread({ timers: { ...quietTimers, after }, mostWaiting: 3 });
  await addJob(store, '1');
  const leaving = new AbortController();
  const late = store.ask().jobs({ limit: 5, q: 'job' });
  const left = store.ask(leaving.signal).jobs({ limit: 5 });
  const patient = store.ask().jobs({ limit: 5 });
  await expect(store.ask().jobs({ limit: 5 })).rejects.toMatchObject({
    code: 'NOT_NOW',
    message: 'Too many questions wait for an answer.',
  });
  alarms[0]?.();
  leaving.abort();
  await expect(late).rejects.toMatchObject({ code: 'NOT_NOW', whatToDo: expect.stringContaining('longer word') });
  await expect(left).rejects.toMatchObject({ code: 'NOT_NOW' });
  expect((await patient).items).toHaveLength(1);
  expect((await store.ask().jobs({ limit: 5 })).items).toHaveLength(1);
  await expect(store.ask(leaving.signal).jobs({ limit: 5 })).rejects.toMatchObject({ code: 'NOT_NOW' });
});

/** Asks forty lists at once. Answers how many turns others had meanwhile at which an answer came. */
async function askForty(asked: Asked): Promise<number> {
  let turns = 0;
  let ended = false;
  const others = (async () => {
    for (; !ended; turns += 1) await realPorts.timers.turn();
  })();
  const answeredAt = await Promise.all(
    Array.from({ length: 40 }, async () => {
      expect((await asked.jobs({ limit: 5 })).items).toHaveLength(1);
      return turns;
    }),
  );
  ended = true;
  await others;
  return new Set(answeredAt).size;
}

it('where the thread ends over a question, the hub reads the answer itself', async () => {
  const folder = await makeFolder();
  const store = await openFresh(folder);
  await addJob(store, '1');
  const broken = join(folder, 'broken.db');
  await writeFile(broken, 'a shopping list '.repeat(1000));
  const beside = startFor(broken);
  onTestFinished(() => beside.close());
  // Who was waiting for the thread does not stop the hub all at once.
  expect(await askForty(askedOf(store.read, beside, undefined))).toBe(40);
  expect(beside.ask('jobs', [{ limit: 5 }], undefined)).toBeNull();
});

it('forty lists asked at once do not stop the hub all at once, whoever reads them', async () => {
  const { store, path } = await openWithThread();
  await addJob(store, '1');
  expect(await askForty(store.ask())).toBe(40);
  const none = startFor(path, { largeFrom: Number.MAX_SAFE_INTEGER });
  expect(await askForty(askedOf(store.read, none, undefined))).toBe(40);
  await none.close();
});

it('a list whose asker has left before its turn came is not read', async () => {
  const none = startFor(join(await makeFolder(), 'none.db'), { largeFrom: 1 });
  const leaving = new AbortController();
  const jobs = vi.fn();
  const reader = { jobs } as unknown as Store['read'];
  const answers = [1, 2].map(() => askedOf(reader, none, leaving.signal).jobs({ limit: 5 }));
  leaving.abort();
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'NOT_NOW' });
  expect(jobs).not.toHaveBeenCalled();
  await none.close();
});

it('a small record is read without a thread, and an orderly stop leaves no log behind with one', async () => {
  const folder = await makeFolder();
  const small = startFor(join(folder, 'none.db'), { largeFrom: 1 });
  expect(small.ask('jobs', [{ limit: 5 }], undefined)).toBeNull();
  await small.close();
  const { store, path } = await openWithThread();
  await addJob(store, '1');
  expect((await store.ask().jobs({ limit: 5 })).items).toHaveLength(1);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

it('a record that is small is not measured anew for each question, and gets its thread once it is large', async () => {
  const path = join(await makeFolder(), 'record.db');
  let now = 0;
  const beside = startFor(path, { largeFrom: 1, clock: { monotonic: () => now } });
  onTestFinished(() => beside.close());
  await (await openStore({ path })).close();
  now = 9999;
  expect(beside.ask('jobs', [{ limit: 5 }], undefined)).toBeNull();
  now = 10_000;
  expect(await beside.ask('jobs', [{ limit: 5 }], undefined)).toMatchObject({ items: [] });
});

/** Its record of security takes SQLite some seconds to add up: one statement, which nothing breaks off. Its thread is there, and has begun. */
async function openSlow(options: Partial<BesideOptions>): Promise<{ store: Store; slow: (leaves?: AbortSignal) => Promise<unknown> }> {
  const path = join(await makeFolder(), 'record.db');
  const store = await openStore({ path, ports: { ...realPorts, readBeside: (record) => startFor(record, options) } });
  onTestFinished(() => store.close());
  await addFolder(store, 'press-1');
  for (let at = 0; at < 20; at += 1) await addOrdered(store, `${at}`);
  const database = new Database(path);
  database.exec(`alter table security rename to security_kept;
    create view security as select security_kept.* from
      (with recursive n(x) as (select 1 union all select x + 1 from n where x < 20000000) select max(x) as most from n) cross join security_kept on most > 0`);
  database.close();
  await untilAnswered(store);
  return { store, slow: (leaves) => store.ask(leaves).security({ limit: 20 }) };
}

/** A thread that is just beginning takes its time on a busy machine. */
async function untilAnswered(store: Store): Promise<void> {
  await vi.waitFor(async () => expect((await store.ask().jobs({ limit: 5 })).items).toHaveLength(5), { timeout: 60_000, interval: 20 });
}

it('a question that takes too long is ended at its limit and its asker told; the hub goes on meanwhile, and what comes behind it is answered', async () => {
  const { store, slow } = await openSlow({ longestMs: 1000 });
  const ended = slow().catch((error: unknown) => error);
  // The hub itself, as health and every scan ask it.
  let longestMs = 0;
  let isOver = false;
  const health = (async () => {
    while (!isOver) {
      const from = performance.now();
      await store.read.counts();
      await store.write(async (tx) => tx.nextOwnNumber());
      longestMs = Math.max(longestMs, performance.now() - from);
    }
  })();
  expect(await ended).toMatchObject({ said: { key: 'refusals.askedTooLong' } });
  await untilAnswered(store);
  isOver = true;
  await health;
  expect(longestMs).toBeLessThan(1000);
});

it('what somebody asked who has left is ended too, and what waits behind it is asked of another thread', async () => {
  const { store, slow } = await openSlow({ leftMs: 50, longestMs: 60_000 });
  const leaves = new AbortController();
  const left = expect(slow(leaves.signal)).rejects.toMatchObject({ said: { key: 'refusals.askerLeft' } });
  const behind = store.ask().jobs({ limit: 5 });
  setTimeout(() => leaves.abort(), 300);
  await left;
  expect((await behind).items).toHaveLength(5);
});

it('so many threads may still work for nobody and no more: then whoever asks is told so, and answered once one has ended', async () => {
  const { store, slow } = await openSlow({ longestMs: 1000, mostLeft: 0 });
  await expect(slow()).rejects.toMatchObject({ said: { key: 'refusals.askedTooLong' } });
  await expect(store.ask().jobs({ limit: 5 })).rejects.toMatchObject({ said: { key: 'refusals.askedTooMuch' } });
  expect((await store.read.counts()).all).toBe(20);
  await untilAnswered(store);
});
