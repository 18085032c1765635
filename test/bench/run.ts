/**
 * `npm run bench [-- B5 ...]`: measures the product against its peers in the same run, on the real disk. Sizes and runs by environment: PRINTFLOOR_BENCH_SCALE,
 * PRINTFLOOR_BENCH_RUNS, PRINTFLOOR_BENCH_DIR. Ends with 0 when every target is reached.
 */
import { cpus, totalmem } from 'node:os';
import { lack } from '../faults/machine.ts';
import { deliver } from './b1-deliver.ts';
import { latency } from './b3-latency.ts';
import { pushes } from './b4-push.ts';
import { burstOf10k } from './b5-burst.ts';
import { idle } from './b6-idle.ts';
import { statusChanges } from './b7-status.ts';
import { questions } from './b9-questions.ts';
import { list } from './b10-list.ts';
import { firstScreen } from './b11-first-screen.ts';
import { recovery } from './b12-recovery.ts';
import { deadShare } from './b14-dead-share.ts';
import { onPostgres } from './b15-postgres.ts';
import { runs, scale } from './measure.ts';

/** Each answers whether its targets were reached. */
const benchmarks: Readonly<Record<string, () => Promise<boolean>>> = {
  B1: deliver,
  B3: latency,
  B4: pushes,
  B5: burstOf10k,
  B6: idle,
  B7: statusChanges,
  B9: questions,
  B10: list,
  B11: firstScreen,
  B12: recovery,
  B14: deadShare,
  B15: onPostgres,
};

const peers = [['rsync'], ['lsyncd'], ['inotifywait', 'inotify-tools'], ['bindfs']] as const;

async function main(wished: readonly string[]): Promise<number> {
  const unknown = wished.filter((name) => benchmarks[name] === undefined);
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`);
    return 2;
  }
  for (const [program, debianPackage] of peers) {
    const why = await lack(program, debianPackage);
    if (why !== null) console.log(`A peer is missing: ${why}`);
  }
  console.log(
    `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown kind'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, scale ${scale}, ${runs} runs`,
  );
  const missed: string[] = [];
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (wished.length > 0 && !wished.includes(name)) continue;
    console.log('');
    try {
      if (!(await measure())) missed.push(name);
    } catch (error) {
      console.error(`${name} failed:`, error);
      missed.push(name);
    }
  }
  console.log(missed.length === 0 ? '\nEvery target reached.' : `\nTargets missed: ${missed.join(', ')}`);
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2).map((name) => name.toUpperCase()));
