import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startClock } from '../../../electron/hub/clock.ts';
import { makeDoor } from '../../../electron/hub/jobs/door.ts';
import { makeLog } from '../../../electron/hub/log.ts';
import { systemClock, systemTimers } from '../../../electron/hub/ports/system.ts';
import { openStore } from '../../../electron/hub/store/open.ts';
import { tasks } from '../../../electron/hub/store/sqlite/migrations/003-tasks.ts';
import type { Store } from '../../../electron/hub/store/store.ts';
import { startWork } from '../../../electron/hub/work/run-work.ts';
import { makeDoers, tryWaitingJobs } from '../../../electron/hub/work/tasks.ts';
import { engine } from '../../../shared/job/mover.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { until } from '../../until.ts';
import { addOrdered, makeFolder, newJob, noon, openFresh } from '../store/fresh-store.ts';

const day = 24 * 60 * 60_000;
const ticket = { submitted: true, approval: 'none' } as const;

function openFloor(store: Store, { fileAgain = async () => undefined }: { fileAgain?: (fileId: number) => Promise<undefined> } = {}) {
  const clock = { now: noon };
  const ports = { clock: { ...systemClock, now: () => clock.now }, timers: systemTimers };
  const planned: number[] = [];
  /** Jobs that cannot be planned, by a fault of ours. */
  const faulty = new Set<number>();
  const door = makeDoor({
    store,
    now: () => clock.now,
    planDeliveries: async (_tx, jobId) => {
      if (faulty.has(jobId)) throw new Error('no such page');
      planned.push(jobId);
      return [];
    },
    cancelStale: async () => [],
    wakeFolder: () => undefined,
  });
  const doers = makeDoers({
    store,
    door,
    floorUpToDate: async () => undefined,
    now: () => clock.now,
    wakeFolder: () => undefined,
    fileAgain,
  });
  const logged: string[] = [];
  const start = () => {
    const work = startWork({ store, ports, doers, log: makeLog((line) => logged.push(line)) });
    onTestFinished(() => work.stop());
    return work;
  };
  return { clock, ports, planned, faulty, door, logged, start };
}

async function addFuture(store: Store, door: ReturnType<typeof openFloor>['door'], startAt: number): Promise<number> {
  return store.write(async (tx) => {
    const full = {
      order: '1',
      job: '1',
      startAt: new Date(startAt).toISOString(),
      attributes: {},
      priority: 0,
      files: ['a.pdf'],
      ...ticket,
    };
    const id = await tx.addJob(newJob('1', '1', { ticket: full satisfies Ticket }), noon);
    await door.applyIn(
      tx,
      {
        kind: 'ticketCame',
        jobId: id,
        ticket,
        isFirst: true,
        isNew: true,
        numberBefore: null,
        missing: ['a.pdf'],
        missedBefore: [],
        files: [],
      },
      engine,
    );
    return id;
  });
}

const file = { name: 'a.pdf', version: 1, size: 1, sha256: 'a' };

describe('a future order', () => {
  it('starts on its day though its files came after its ticket, also when the program was off on that day', async () => {
    const store = await openFresh();
    const { clock, door, planned, start } = openFloor(store);
    const id = await addFuture(store, door, noon + day);
    await door.apply({ kind: 'fileCame', jobId: id, file, replaces: null, isNew: false, missing: [] }, engine);
    expect(await store.read.job(id)).toMatchObject({ status: 'OutputCreated', tracks: { intake: { code: 'FutureOrder' } } });
    const early = start();
    await until(async () => (await store.read.nextTaskAt()) === noon + day, 'what is due at once is done');
    await early.stop();
    expect(planned).toEqual([]);
    clock.now += 2 * day;
    start();
    await until(async () => (await store.read.job(id))?.tracks.intake?.code === 'Ordered', 'it is ordered');
    expect(planned).toContain(id);
    expect(await store.read.nextTaskAt()).toBeNull();
  });

  it('of yesterday, which has no task, gets one when its data folder is opened', async () => {
    const folder = await makeFolder();
    const store = await openStore({ path: join(folder, 'record.db') });
    await addFuture(store, openFloor(store).door, noon + day);
    await store.close();
    const database = new Database(join(folder, 'record.db'));
    database.exec('delete from task');
    for (const statement of tasks.statements.filter((text) => text.startsWith('insert'))) database.exec(statement);
    database.close();
    const opened = await openStore({ path: join(folder, 'record.db') });
    onTestFinished(() => opened.close());
    expect(await opened.read.nextTaskAt()).toBe(noon + day);
  });
});

describe('a task', () => {
  it('of a kind this version does not know waits with attention, and is due for one that knows it', async () => {
    const store = await openFresh();
    const { start } = openFloor(store);
    const id = await addOrdered(store, '2');
    await store.write((tx) => tx.addTask({ kind: 'foldPaperPlanes', subject: '2', jobId: id, dueAt: noon - 1 }, noon));
    start();
    await until(async () => (await store.read.job(id))?.attention[0]?.code === 'UnknownTask', 'it says so');
    expect(await store.read.nextTaskAt()).toBeNull();
    await store.write((tx) => tx.takeTasksUp(['foldPaperPlanes'], noon));
    expect(await store.read.nextTaskAt()).toBe(noon);
  });

  it('that a newer version has done meanwhile asks for nobody any more', async () => {
    const store = await openFresh();
    const { start, door } = openFloor(store);
    const id = await addOrdered(store, '2');
    await door.apply({ kind: 'notPlanned', jobId: id, problem: 'UnknownTask', data: {} }, engine);
    start();
    await until(async () => (await store.read.job(id))?.attention.length === 0, 'nobody is asked');
  });

  it('that was begun when the program died is due again, and one put in anew while it runs is not lost', async () => {
    const store = await openFresh();
    const task = { kind: 'tryWaitingJobs', subject: '', jobId: null, dueAt: noon };
    await store.write((tx) => tx.addTask(task, noon));
    const claim = () => store.write((tx) => tx.claimTask({ of: task.kind }, noon, day));
    const claimed = await claim();
    expect([await claim(), await store.read.nextTaskAt()]).toEqual([null, noon + day]);
    await store.write((tx) => tx.takeTasksUp([], noon));
    const again = await claim();
    expect(again).toMatchObject({ id: claimed?.id, tries: 2 });
    await store.write((tx) => tx.addTask(task, noon));
    if (again !== null) await store.write((tx) => tx.finishTask(again));
    expect(await store.read.nextTaskAt()).toBe(noon);
  });

  it('is done when rules change: jobs that wait for one are tried', async () => {
    const store = await openFresh();
    const { planned, start, door } = openFloor(store);
    const id = await addOrdered(store, '3');
    start();
    await until(async () => (await store.read.nextTaskAt()) === null, 'nothing is due');
    await door.apply({ kind: 'notPlanned', jobId: id, problem: 'NoRuleFits', data: {} }, engine);
    await store.write((tx) => tx.addTask(tryWaitingJobs(noon), noon));
    await until(() => planned.includes(id), 'it is tried');
  });

  it('that waits for a share that does not answer holds up no future order', async () => {
    const store = await openFresh();
    const answered = Promise.withResolvers<undefined>();
    const filing: number[] = [];
    const { clock, door, start } = openFloor(store, {
      fileAgain: (fileId) => {
        filing.push(fileId);
        return answered.promise;
      },
    });
    const id = await addFuture(store, door, noon + day);
    await store.write((tx) => tx.addTask({ kind: 'fileOriginal', subject: '7', jobId: null, dueAt: noon }, noon));
    start();
    await until(() => filing.length === 1, 'the original is being filed');
    clock.now += 2 * day;
    // As a scan, a file or a rule does it at any time.
    await store.write((tx) => tx.addTask(tryWaitingJobs(clock.now), clock.now));
    await until(async () => (await store.read.job(id))?.tracks.intake?.code === 'Ordered', 'the order is started');
    answered.resolve(undefined);
    await until(async () => (await store.read.nextTaskAt()) === null, 'and the original is filed');
  });

  it('for many jobs of which one fails is done for the others, and the one asks for somebody until it is done', async () => {
    const store = await openFresh();
    const { clock, planned, faulty, logged, start, door } = openFloor(store);
    const ids = [await addOrdered(store, '3'), await addOrdered(store, '4')];
    for (const jobId of ids) await door.apply({ kind: 'notPlanned', jobId, problem: 'NoRuleFits', data: {} }, engine);
    const [bad = 0, good = 0] = ids;
    faulty.add(bad);
    const work = start();
    await until(() => planned.includes(good), 'the other is tried');
    const asks = async () => (await store.read.job(bad))?.attention.map(({ code }) => code);
    const tries = () => logged.filter((line) => line.startsWith('Not done yet: tryJob')).length;
    for (let turn = 1; turn <= 7; turn++) {
      const dueAt = async () => (await store.read.nextTaskAt({ of: 'tryJob' })) ?? 0;
      await until(
        async () => tries() === turn && (await dueAt()) > clock.now && (await dueAt()) < clock.now + 10 * 60_000,
        'it is put off',
      );
      expect(await asks()).toEqual(['NoRuleFits']);
      clock.now = await dueAt();
      await store.write((tx) => tx.addTask(tryWaitingJobs(clock.now + 10 * day), clock.now));
    }
    await until(async () => (await asks())?.includes('TaskFails') === true, 'it asks for somebody');
    faulty.clear();
    await work.stop();
    clock.now += day;
    const again = start();
    await until(async () => !(await asks())?.includes('TaskFails'), 'nobody is asked any more');
    expect(planned).toContain(bad);
    await again.stop();
  });
});

describe('the answer to a wish', () => {
  it('is forgotten after 90 days', async () => {
    const store = await openFresh();
    const { clock, ports } = openFloor(store);
    await store.write((tx) => tx.keepAction('old', 'f', '{}', noon - 91 * day));
    await store.write((tx) => tx.keepAction('young', 'f', '{}', noon - 89 * day));
    clock.now = noon;
    onTestFinished(startClock(store, ports, () => undefined));
    await until(async () => (await store.read.action('old')) === null, 'the old one is forgotten');
    expect(await store.read.action('young')).not.toBeNull();
  });
});
