/** B7: durable status changes a second, through everything a station goes through, through the door and the store alone, and in bare SQLite with the same rows. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import Database from 'better-sqlite3';
import WebSocket from 'ws';
import { makeDoor } from '../../electron/hub/jobs/door.ts';
import { makeWishes } from '../../electron/hub/jobs/wishes.ts';
import type { Caller } from '../../electron/hub/parts.ts';
import { openStore } from '../../electron/hub/store/open.ts';
import { record } from '../../electron/hub/store/record.ts';
import type { Store } from '../../electron/hub/store/store.ts';
import type { Contract } from '../../shared/api.ts';
import { startBenchHub } from './hub.ts';
import { median, printRow, printTarget, runs, scaled, time, withFolder } from './measure.ts';

type Change = (jobId: number, turn: number) => Promise<unknown>;

const jobs = 200;
/** Stations that scan at the same moment. */
const callers = 64;

/** `count` changes by `atOnce` callers, each waiting for its answer before the next; changes a second. */
async function rate(change: Change, ids: readonly number[], count: number, atOnce: number, from: number): Promise<number> {
  let next = 0;
  const caller = async () => {
    for (let turn = next++; turn < count; turn = next++) await change(ids[turn % ids.length] ?? 0, from + turn);
  };
  const ms = await time(() => Promise.all(Array.from({ length: atOnce }, caller)));
  return count / (ms / 1000);
}

async function fill(store: Store): Promise<number[]> {
  return store.write(async (tx) => {
    const ids: number[] = [];
    for (let at = 1; at <= jobs; at += 1) {
      const id = await tx.addJob(
        { order: String(at), job: '1', title: `Cards ${at}`, named: true, ticket: null, letter: null },
        Date.now(),
      );
      await record(tx, id, [{ code: 'Ordered', at: Date.now(), actor: 'system' }]);
      ids.push(id);
    }
    return ids;
  });
}

function throughStore(store: Store): Change {
  return (jobId, turn) =>
    store.write(async (tx) => {
      const [event] = await record(tx, jobId, [
        { code: 'CustomStatus', custom: `Scan ${turn % 9}`, at: Date.now(), actor: 'station Bench', station: 'Bench' },
      ]);
      await tx.keepAction(`bench-${turn}`, `status ${jobId} ${turn}`, JSON.stringify({ seq: event?.seq }), Date.now());
    });
}

/** What a wish of a station takes, without the way there: asked for once, decided, recorded, answered with its job. */
function throughDoor(store: Store): Change {
  const door = makeDoor({
    store,
    now: Date.now,
    planDeliveries: async () => [],
    cancelStale: async () => [],
    wakeFolder: () => undefined,
  });
  const { setStatus } = makeWishes(door);
  const bench: Caller = { role: 'station', actor: 'station Bench', station: 'Bench' };
  return (jobId, turn) => setStatus(jobId, { code: 'CustomStatus', custom: `Scan ${turn % 9}`, actionId: `door-${turn}-bench` }, bench);
}

/** One transaction a change: the event, what is shown of the job, the action. Every commit on disk, as the hub has it. */
function bare(path: string): { change: Change; close: () => void } {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  let seq = database.prepare<[], { seq: number }>('select max(seq) as seq from event').get()?.seq ?? 0;
  const addEvent = database.prepare(
    'insert into event (seq, job_id, code, track, custom, at, actor, station, reason, data, undoes) values (?, ?, ?, ?, ?, ?, ?, ?, null, ?, null)',
  );
  const changeJob = database.prepare(
    'update job set last_seq = ?, status = ?, custom = ?, status_at = ?, status_seq = ?, tracks = ?, updated_at = ? where id = ?',
  );
  const addAction = database.prepare('insert into action (id, fingerprint, answer, at) values (?, ?, ?, ?)');
  const work = database.transaction((jobId: number, turn: number) => {
    const now = Date.now();
    seq += 1;
    const custom = `Scan ${turn % 9}`;
    addEvent.run(seq, jobId, 'CustomStatus', 'custom', custom, now, 'station Bench', 'Bench', '{}');
    changeJob.run(
      seq,
      'CustomStatus',
      custom,
      now,
      seq,
      JSON.stringify({ custom: { code: 'CustomStatus', custom, at: now, seq, actor: 'station Bench' } }),
      now,
      jobId,
    );
    addAction.run(`bare-${turn}`, `status ${jobId} ${turn}`, JSON.stringify({ seq }), now);
  });
  return { change: async (jobId, turn) => work.immediate(jobId, turn), close: () => database.close() };
}

async function connect(url: string, token: string): Promise<{ change: Change; close: () => void }> {
  const line = new WebSocket(`${url.replace('http', 'ws')}/ws`);
  await new Promise((resolve, reject) => {
    line.once('open', resolve);
    line.once('error', reject);
  });
  const link = new RPCLink({ websocket: line as unknown as globalThis.WebSocket, headers: () => ({ authorization: `Bearer ${token}` }) });
  const client: ContractRouterClient<Contract> = createORPCClient(link);
  return {
    change: (id, turn) => client.jobs.setStatus({ id, code: 'CustomStatus', custom: `Scan ${turn % 9}`, actionId: `hub-${turn}-bench` }),
    close: () => line.close(),
  };
}

export async function statusChanges(): Promise<boolean> {
  return withFolder(async (root) => {
    await mkdir(join(root, 'alone'));
    const store = await openStore({ path: join(root, 'alone', 'store.sqlite') });
    const ids = await fill(store);
    const barePath = join(root, 'alone', 'bare.sqlite');
    const forBare = await openStore({ path: barePath });
    const bareIds = await fill(forBare);
    await forBare.close();
    const sqlite = bare(barePath);
    const { hub } = await startBenchHub(join(root, 'data'));
    const hubIds: number[] = [];
    for (let at = 1; at <= jobs; at += 1) {
      const { body } = await hub.api('POST', '/jobs', { order: String(at), job: '1', title: `Cards ${at}` });
      hubIds.push((body as { id: number }).id);
    }
    const line = await connect(hub.url, hub.token);
    const [many, few] = [scaled(5000, 500), scaled(1000, 100)];
    const sides = [
      { name: `hub over WebSocket, ${callers} at once`, change: line.change, ids: hubIds, count: many, atOnce: callers },
      { name: 'hub over WebSocket, one by one', change: line.change, ids: hubIds, count: few, atOnce: 1 },
      { name: `door, ${callers} at once`, change: throughDoor(store), ids, count: many, atOnce: callers },
      { name: 'door, one by one', change: throughDoor(store), ids, count: few, atOnce: 1 },
      { name: `store, ${callers} at once`, change: throughStore(store), ids, count: many, atOnce: callers },
      { name: 'store, one by one', change: throughStore(store), ids, count: few, atOnce: 1 },
      { name: 'bare better-sqlite3', change: sqlite.change, ids: bareIds, count: many, atOnce: 1 },
    ].map((side) => ({ ...side, values: [] as number[], turns: 0 }));
    try {
      // Each pair shares its action ids, so the turns go on where the last run stopped.
      let turn = 0;
      for (let run = 0; run < runs; run += 1) {
        for (const side of sides) {
          side.values.push(await rate(side.change, side.ids, side.count, side.atOnce, turn));
          turn += side.count;
        }
      }
    } finally {
      line.close();
      sqlite.close();
      await store.close();
      await hub.clean();
    }
    console.log(`B7: status changes, each acknowledged when it is on disk (${jobs} jobs)`);
    for (const { name, values } of sides) {
      const safety = name.startsWith('bare')
        ? 'WAL, synchronous FULL: on disk, one flush each'
        : 'WAL, its log flushed before the answer: on disk; changes at the same moment share a flush';
      printRow({ name, safety, values, unit: 'changes/s' });
    }
    const of = (name: string) => median(sides.find((side) => side.name.startsWith(name))?.values ?? []);
    const peer = of('bare');
    const viaHub = printTarget('hub against bare SQLite', of('hub over WebSocket, 64') / peer, ' x', { atLeast: 0.5 });
    const viaStore = printTarget('store against bare SQLite', of('store, 64') / peer, ' x', { atLeast: 0.5 });
    return viaHub && viaStore;
  });
}
