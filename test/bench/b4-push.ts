/**
 * B4: from the moment a station says what it did until the screens have it: 20 and 50 screens, quiet and with one change each 30 ms, beside bare `ws` that hands
 * on texts of the same length. What the hub does besides (decide, record, flush) is in its figure.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { z } from 'zod';
import { startBenchHub } from './hub.ts';
import { median, printRow, printTarget, quantile, runs, scaled, withFolder } from './measure.ts';

const paces = [
  { name: 'quiet', everyMs: 200, changes: scaled(20, 10) },
  { name: 'one change each 30 ms', everyMs: 30, changes: scaled(150, 30) },
] as const;

type Side = {
  readonly screens: readonly WebSocket[];
  /** Says one change; what the screens are told of it has `mark` in it. */
  readonly change: (mark: string) => void;
  /** Ms until the station itself had its answer: what a change takes without the push. */
  readonly answered: readonly number[];
  readonly close: () => void;
};

async function open(url: string): Promise<WebSocket> {
  const line = new WebSocket(url, { perMessageDeflate: false });
  await once(line, 'open');
  return line;
}

/** Ms from the change to each screen, of every change at this pace; how long a text is. */
async function watch({ screens, change }: Side, { everyMs, changes }: (typeof paces)[number], from: number) {
  const saidAt = new Map<string, number>();
  const ms: number[] = [];
  let bytes = 0;
  const done = Promise.withResolvers<void>();
  /** What came before is still told of its job later on. */
  const hearing = () => {
    const heard = new Set<string>();
    return (data: WebSocket.RawData): void => {
      const now = performance.now();
      const text = String(data);
      for (const [mark] of text.matchAll(/<Scan \d+>/g)) {
        const at = saidAt.get(mark);
        if (at === undefined || heard.has(mark)) continue;
        heard.add(mark);
        ms.push(now - at);
        bytes = text.length;
      }
      if (ms.length >= changes * screens.length) done.resolve();
    };
  };
  for (const screen of screens) screen.on('message', hearing());
  for (let turn = from; turn < from + changes; turn += 1) {
    const mark = `<Scan ${turn}>`;
    saidAt.set(mark, performance.now());
    change(mark);
    await pause(everyMs);
  }
  await done.promise;
  for (const screen of screens) screen.removeAllListeners('message');
  return { ms, bytes };
}

const call = (id: number, url: string, token: string, json: unknown): string =>
  JSON.stringify({ i: String(id), p: { u: url, b: { json }, h: { authorization: `Bearer ${token}` } } });

async function hubSide(url: string, token: string, jobIds: readonly number[], count: number): Promise<Side> {
  const address = `${url.replace('http', 'ws')}/ws`;
  const screens = await Promise.all(
    Array.from({ length: count }, async () => {
      const screen = await open(address);
      screen.send(call(1, '/live', token, {}));
      // The answer, and the first push.
      await once(screen, 'message');
      await once(screen, 'message');
      return screen;
    }),
  );
  const station = await open(address);
  let turn = 0;
  const saidAt: number[] = [];
  const answered: number[] = [];
  station.on('message', (data) => {
    const { i } = z.object({ i: z.coerce.number() }).parse(JSON.parse(String(data)));
    answered.push(performance.now() - (saidAt[i] ?? Number.NaN));
  });
  return {
    screens,
    answered,
    change: (mark) => {
      turn += 1;
      saidAt[turn] = performance.now();
      const id = jobIds[turn % jobIds.length];
      station.send(call(turn, '/jobs/setStatus', token, { id, code: 'CustomStatus', custom: mark, actionId: `push-${count}-${mark}` }));
    },
    close: () => {
      for (const line of [...screens, station]) line.terminate();
    },
  };
}

async function relaySide(port: number, count: number, bytes: number): Promise<Side> {
  const address = `ws://127.0.0.1:${port}`;
  const screens = await Promise.all(Array.from({ length: count }, () => open(address)));
  const station = await open(address);
  return {
    screens,
    answered: [],
    change: (mark) => station.send(mark.padEnd(bytes, '.')),
    close: () => {
      for (const line of [...screens, station]) line.terminate();
    },
  };
}

export async function pushes(): Promise<boolean> {
  return withFolder(async (root) => {
    const { hub } = await startBenchHub(join(root, 'data'));
    const relay = fork(join(import.meta.dirname, 'b4-relay.ts'));
    try {
      const [port] = z.tuple([z.number()]).parse((await once(relay, 'message')).slice(0, 1));
      const jobIds: number[] = [];
      for (let at = 1; at <= 20; at += 1) {
        const { id } = await hub.ask(z.object({ id: z.number() }), 'POST', '/jobs', { order: String(at), title: `Cards ${at}` });
        jobIds.push(id);
      }
      console.log('B4: from a change to the screens');
      let turn = 100_000;
      let reached = true;
      for (const count of [20, 50]) {
        for (const pace of paces) {
          const ours: { ms: readonly number[] }[] = [];
          const theirs: { ms: readonly number[] }[] = [];
          const answers: number[] = [];
          let bytes = 0;
          // The first run of each is for the compiler.
          for (let run = 0; run <= runs; run += 1) {
            const hubs = await hubSide(hub.url, hub.token, jobIds, count);
            const told = await watch(hubs, pace, turn);
            hubs.close();
            bytes = told.bytes;
            const bare = await relaySide(port, count, bytes);
            const relayed = await watch(bare, pace, turn);
            bare.close();
            turn += pace.changes;
            if (run === 0) continue;
            ours.push(told);
            answers.push(median(hubs.answered));
            theirs.push(relayed);
          }
          const medians = (side: typeof ours) => side.map(({ ms }) => median(ms));
          const p99 = (side: typeof ours) => `p99 ${median(side.map(({ ms }) => quantile(ms, 0.99))).toFixed(1)} ms`;
          const what = `${count} screens, ${pace.name}`;
          printRow({
            name: `hub, ${what}`,
            safety: 'on disk before it is told',
            values: medians(ours),
            unit: 'ms',
            more: `${p99(ours)}; the station has its answer after ${median(answers).toFixed(1)} ms`,
          });
          printRow({
            name: `ws, ${what}`,
            safety: `nothing is kept; ${bytes} bytes`,
            values: medians(theirs),
            unit: 'ms',
            more: p99(theirs),
          });
          const ratio = median(medians(ours)) / median(medians(theirs));
          reached = printTarget(`push against bare ws, ${what}`, ratio, ' x', { atMost: 3 }) && reached;
        }
      }
      return reached;
    } finally {
      relay.disconnect();
      await hub.clean();
    }
  });
}
