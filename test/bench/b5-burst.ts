/** B5: ten thousand small files at once: how long until every one lies, whole and durable, in the hot folder (ours: and is on record). */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { pdfBytes } from '../pdf.ts';
import { startBenchHub } from './hub.ts';
import { cpuSeconds, median, memoryMb, ownMemoryMb, printRow, printTarget, runs, scaled, withFolder } from './measure.ts';
import { type Peer, shell, startInotifyLoop, startLsyncd } from './peers.ts';

type Outcome = { readonly seconds: number; readonly missed: number; readonly cpu: number; readonly hubMb: number; readonly allMb: number };

const bytes = 4000;

async function pour(source: string, into: string, count: number): Promise<void> {
  await mkdir(source, { recursive: true });
  for (let at = 0; at < count; at += 1) await writeFile(join(source, `${10_000 + at}-1 Card.pdf`), pdfBytes(at, bytes));
  await shell(`sync -f '${into}'`);
}

/** Drops all files in at once and waits for them. `isDone` may ask for more than the names. */
async function burst(
  source: string,
  into: string,
  out: string,
  count: number,
  pid: number,
  isDone: () => Promise<boolean>,
): Promise<Outcome> {
  const cpuBefore = await cpuSeconds(pid);
  const from = performance.now();
  await shell(`cp '${source}'/* '${into}'/`);
  const lying = async () => (await readdir(out)).filter((name) => !name.startsWith('.')).length;
  const deadline = from + 600_000;
  while (performance.now() < deadline && !((await lying()) >= count && (await isDone()))) await pause(50);
  const seconds = (performance.now() - from) / 1000;
  return {
    seconds,
    missed: count - (await lying()),
    cpu: (await cpuSeconds(pid)) - cpuBefore,
    hubMb: await ownMemoryMb(pid, 'VmHWM'),
    allMb: await memoryMb(pid, 'VmHWM'),
  };
}

async function hubBurst(count: number): Promise<Outcome> {
  return withFolder(async (root) => {
    const source = join(root, 'source');
    const { hub, incoming, press } = await startBenchHub(join(root, 'data'));
    try {
      await pour(source, incoming, count);
      const recorded = async () => {
        const { seq } = await hub.ask(z.object({ seq: z.number() }), 'GET', '/health');
        const { items } = await hub.ask(
          z.object({ items: z.array(z.object({ code: z.string() })) }),
          'GET',
          `/events?since=${Math.max(0, seq - 100)}`,
        );
        const page = await hub.ask(z.object({ all: z.number(), stages: z.record(z.string(), z.number()) }), 'GET', '/counts');
        return page.stages['queue'] === count && items.length > 0;
      };
      return await burst(source, incoming, press.path, count, hub.pid, recorded);
    } finally {
      await hub.clean();
    }
  });
}

async function peerBurst(count: number, start: (root: string, from: string, to: string) => Promise<Peer>): Promise<Outcome> {
  return withFolder(async (root) => {
    const [source, from, to] = [join(root, 'source'), join(root, 'in'), join(root, 'out')];
    await mkdir(from);
    await mkdir(to);
    await pour(source, from, count);
    const peer = await start(root, from, to);
    try {
      return await burst(source, from, to, count, peer.pid, async () => true);
    } finally {
      await peer.stop();
    }
  });
}

function more(outcomes: readonly Outcome[]): string {
  return `missed ${Math.max(...outcomes.map((one) => one.missed))}, CPU ${median(outcomes.map((one) => one.cpu)).toFixed(1)} s, peak memory ${median(outcomes.map((one) => one.allMb)).toFixed(0)} MB`;
}

export async function burstOf10k(): Promise<boolean> {
  const count = scaled(10_000, 500);
  // A tenth: this loop would take several minutes.
  const fewer = Math.max(100, Math.round(count / 10));
  const ours: Outcome[] = [];
  const lsyncd: Outcome[] = [];
  const loop: Outcome[] = [];
  for (let turn = 0; turn < Math.min(runs, 3); turn += 1) {
    ours.push(await hubBurst(count));
    lsyncd.push(await peerBurst(count, startLsyncd));
    if (turn === 0)
      loop.push(
        await peerBurst(fewer, (_, from, to) =>
          startInotifyLoop(from, `cp '${from}'/"$f" '${to}'/".$f" && sync '${to}'/".$f" && mv '${to}'/".$f" '${to}'/"$f"`),
        ),
      );
  }
  const rates = (outcomes: readonly Outcome[], files: number) => outcomes.map((one) => files / one.seconds);
  console.log(`B5: ${count} files of ${bytes} bytes at once (the inotifywait loop: ${fewer})`);
  const [mine, theirs] = [rates(ours, count), rates(lsyncd, count)];
  const hubMb = Math.max(...ours.map((one) => one.hubMb));
  printRow({
    name: 'Printfloor',
    safety: 'on record, verified, fsync, never replaces; original filed',
    values: mine,
    unit: 'files/s',
    more: `${more(ours)}, hub alone ${hubMb.toFixed(0)} MB`,
  });
  printRow({
    name: 'lsyncd, rsync -W --fsync',
    safety: 'fsync of each file, renamed; nothing on record',
    values: theirs,
    unit: 'files/s',
    more: more(lsyncd),
  });
  printRow({
    name: 'inotifywait loop: cp, sync, mv',
    safety: 'fsync of each file, renamed; nothing on record',
    values: rates(loop, fewer),
    unit: 'files/s',
    more: more(loop),
  });
  const fast = printTarget('rate against lsyncd', median(mine) / median(theirs), ' x', { atLeast: 1 });
  const whole = printTarget('files missed', Math.max(...ours.map((one) => one.missed)), '', { atMost: 0 });
  const small = printTarget('peak memory of the hub', hubMb, ' MB', { atMost: 250 });
  return fast && whole && small;
}
