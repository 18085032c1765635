/**
 * B9: what a screen waits for at a million jobs: each question it asks, for its first page, over the API; once in a fresh process with nothing in the page cache,
 * and many times warm, with a health ping all the while.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildProgram, builtHub } from '../../build/build.mjs';
import { healthSchema } from '../../shared/api.ts';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { fillRecord } from './big-record/fill.ts';
import { printRow, printTarget, quantile, runs, scaled, withFolder } from './measure.ts';

/** `paths`: the same question about different things. */
type Question = { readonly name: string; readonly paths: readonly string[] };

const parts = {
  status: ['Printed', 'CopyToHotFolderFailed', 'CustomStatus', 'EmailBounced'],
  stage: ['press', 'done', 'collection', 'prepress'],
  hotFolder: ['1', '8'],
  attention: ['true'],
  q: ['flyer', 'f', 'summer mor', 'Zoë'],
} as const;

/** Every set of filters the list has, newest and oldest first. */
function lists(): Question[] {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  return Array.from({ length: 2 ** names.length }, (_, set) => names.filter((_name, bit) => (set >> bit) % 2 === 1)).flatMap((chosen) => {
    const variants = chosen.reduce<string[]>(
      (before, name) => before.flatMap((said) => parts[name].map((value) => `${said}&${name}=${encodeURIComponent(value)}`)),
      [''],
    );
    const orders = chosen.includes('q') ? ['newest'] : ['newest', 'oldest'];
    return orders.map((order) => ({
      name: `list ${chosen.join(' + ') || 'of all'}${order === 'oldest' ? ', oldest first' : ''}`,
      paths: variants.map((said) => `/jobs?limit=100&order=${order}${said}`),
    }));
  });
}

function others(jobs: number, events: number): Question[] {
  const at = [0.999, 0.5, 0.001].map((part) => Math.max(1, Math.round(jobs * part)));
  return [
    {
      name: 'queue of a folder',
      paths: ['stage=press', 'stage=queue', 'stage=prepress', 'attention=true'].map(
        (part) => `/jobs?hotFolder=1&order=oldest&limit=500&${part}`,
      ),
    },
    { name: 'a number', paths: at.map((id) => `/jobs?limit=8&q=${100_000 + (id >> 1)}-1`) },
    { name: 'counts', paths: ['/counts'] },
    { name: 'a job', paths: at.map((id) => `/jobs/${id}`) },
    { name: 'history of a job', paths: at.map((id) => `/jobs/${id}/history`) },
    { name: 'arrivals', paths: ['/arrivals?limit=50', '/arrivals?limit=50&outcome=accepted'] },
    { name: 'arrivals to look at', paths: ['/arrivals?outcome=rejected&unseen=true&limit=50', '/arrivals?outcome=asked&limit=500'] },
    { name: 'events since', paths: [0, Math.round(events / 2), events - 100].map((since) => `/events?since=${since}&limit=500`) },
    { name: 'hot folders', paths: ['/hot-folders'] },
  ];
}

type Asker = { readonly ms: (path: string) => Promise<number>; readonly stop: () => void };

/** One connection, kept; ms until the whole answer is there. */
function askerOf(hub: TestHub): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ms = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const from = performance.now();
      get(`${hub.url}/api${path}`, { agent, headers: { authorization: `Bearer ${hub.token}` } }, (answer) => {
        answer.on('data', () => undefined);
        answer.on('error', reject);
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve(performance.now() - from) : reject(new Error(`${path}: ${answer.statusCode}`)),
        );
      }).on('error', reject);
    });
  return { ms, stop: () => agent.destroy() };
}

/** Asks for its health every 20 ms, or at once after an answer that took longer. */
function startPing(hub: TestHub): () => Promise<number[]> {
  const asker = askerOf(hub);
  const took: number[] = [];
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      const ms = await asker.ms('/health');
      took.push(ms);
      await pause(Math.max(0, 20 - ms));
    }
  })();
  return async () => {
    stopped = true;
    await loop;
    asker.stop();
    return took;
  };
}

async function dropCaches(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return await writeFile('/proc/sys/vm/drop_caches', '3').then(
    () => true,
    () => false,
  );
}

/** Work that a start finds is done: nothing is recorded any more. */
async function comeToRest(hub: TestHub): Promise<number> {
  let [seq, quiet] = [-1, 0];
  for (let turn = 0; turn < 240 && quiet < 8; turn += 1) {
    const now = (await hub.ask(healthSchema, 'GET', '/health')).seq;
    quiet = now === seq ? quiet + 1 : 0;
    seq = now;
    await pause(250);
  }
  return seq;
}

const presses = 8;

async function makeFloor(root: string, jobs: number): Promise<TestHub> {
  const data = join(root, 'data');
  await buildProgram();
  const hub = await startTestHub({ data, program: builtHub });
  for (let at = 2; at <= presses; at += 1) {
    const path = join(root, 'hot', `printer-${at}`);
    await mkdir(path, { recursive: true });
    const outcome = at % 2 === 0 ? { kind: 'none' } : { kind: 'named', done: 'done', failed: 'failed' };
    await hub.ask(hotFolderSchema, 'POST', '/hot-folders', { name: `printer-${at}`, path, outcome });
  }
  await hub.stop();
  await fillRecord(join(data, 'printfloor.sqlite'), jobs, Date.now());
  await hub.start();
  return hub;
}

async function askWarm(hub: TestHub, questions: readonly Question[], times: number): Promise<Map<string, number[]>> {
  const asker = askerOf(hub);
  const took = new Map(questions.map(({ name }) => [name, [] as number[]]));
  for (let turn = 0; turn < times; turn += 1)
    for (const { name, paths } of questions) took.get(name)?.push(await asker.ms(paths[turn % paths.length] ?? ''));
  asker.stop();
  return took;
}

/** Each in a process that has just been started, with nothing of the record in memory. */
async function askCold(
  hub: TestHub,
  questions: readonly Question[],
  turn: number,
): Promise<{ took: Map<string, number>; pings: number[] }> {
  const took = new Map<string, number>();
  const pings: number[] = [];
  for (const { name, paths } of questions) {
    await hub.stop();
    await hub.start();
    await dropCaches();
    const stopPing = startPing(hub);
    const asker = askerOf(hub);
    took.set(name, await asker.ms(paths[turn % paths.length] ?? ''));
    asker.stop();
    pings.push(...(await stopPing()));
  }
  return { took, pings };
}

export async function questions(): Promise<boolean> {
  return withFolder(async (root) => {
    const jobs = scaled(1_000_000, 2000);
    const hub = await makeFloor(root, jobs);
    try {
      const events = await comeToRest(hub);
      const all = [...lists(), ...others(jobs, events)];
      await askWarm(hub, all, 4);
      const stopPing = startPing(hub);
      const warm = await askWarm(hub, all, Math.max(16, runs * 8));
      const warmPings = await stopPing();
      const cold: Awaited<ReturnType<typeof askCold>>[] = [];
      for (let turn = 0; turn < Math.min(runs, 3); turn += 1) cold.push(await askCold(hub, all, turn));
      console.log(
        `B9: what the screens ask, first page, ${jobs} jobs, ${events} events${(await dropCaches()) ? '' : '; not root: the page cache stayed as it was'}`,
      );
      for (const { name } of all) {
        const [mine, first] = [warm.get(name) ?? [], cold.flatMap(({ took }) => took.get(name) ?? [])];
        const ms = (value: number) => value.toFixed(1).padStart(7);
        console.log(
          `  ${name.padEnd(52)} warm p50 ${ms(quantile(mine, 0.5))} p99 ${ms(quantile(mine, 0.99))} ms; cold ${first.map(ms).join(' ')} ms`,
        );
      }
      const [warmAll, coldAll] = [[...warm.values()].flat(), cold.flatMap(({ took }) => [...took.values()])];
      const coldPings = cold.flatMap(({ pings }) => pings);
      const row = (name: string, values: readonly number[]) =>
        printRow({
          name,
          safety: 'only read',
          values: [quantile(values, 0.5)],
          unit: 'ms',
          more: `p99 ${quantile(values, 0.99).toFixed(1)}, longest ${Math.max(...values).toFixed(1)}`,
        });
      row('questions, warm', warmAll);
      row('questions, cold', coldAll);
      row('health meanwhile, warm', warmPings);
      row('health meanwhile, cold', coldPings);
      const pings = [...warmPings, ...coldPings];
      return [
        printTarget('question, warm, p99', quantile(warmAll, 0.99), ' ms', { atMost: 50 }),
        printTarget('question, cold, p99', quantile(coldAll, 0.99), ' ms', { atMost: 50 }),
        printTarget('health meanwhile, p99', quantile(pings, 0.99), ' ms', { atMost: 20 }),
        printTarget('health meanwhile, longest', Math.max(...pings), ' ms', { atMost: 100 }),
      ].every((reached) => reached);
    } finally {
      await hub.clean();
    }
  });
}
