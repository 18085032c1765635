/** How the benchmarks count and what they print: medians of runs that alternate with the peer's, the spread, and how safe each side leaves the data. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** 1 is the size the targets are set for; 0.1 is a quick look. Set by PRINTFLOOR_BENCH_SCALE. */
export const scale = Number(process.env['PRINTFLOOR_BENCH_SCALE'] ?? '1');
/** Runs of each side. Set by PRINTFLOOR_BENCH_RUNS. */
export const runs = Number(process.env['PRINTFLOOR_BENCH_RUNS'] ?? '5');

/** A count at full size, scaled, and never less than `least`. */
export function scaled(count: number, least = 1): number {
  return Math.max(least, Math.round(count * scale));
}

/** A folder on the real disk for one benchmark, removed at the end even when it fails. Set PRINTFLOOR_BENCH_DIR to choose the disk. */
export async function withFolder<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const root = await mkdtemp(join(process.env['PRINTFLOOR_BENCH_DIR'] ?? '/var/tmp', 'printfloor-bench-'));
  try {
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export type Row = {
  readonly name: string;
  /** What is safe on disk when this side says it is done. */
  readonly safety: string;
  readonly values: readonly number[];
  readonly unit: string;
  readonly more?: string;
};

const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));

/** One line: median, spread from the lowest to the highest run, safety. */
export function printRow({ name, safety, values, unit, more = '' }: Row): void {
  const spread = values.length > 1 ? ` (${digits(Math.min(...values))} to ${digits(Math.max(...values))}, ${values.length} runs)` : '';
  console.log(`  ${name.padEnd(34)} ${digits(median(values)).padStart(8)} ${unit}${spread}${more === '' ? '' : `; ${more}`}`);
  console.log(`  ${' '.repeat(34)} safe when done: ${safety}`);
}

/** The verdict: a ratio or a value beside its target. Answers whether the target is reached. */
export function printTarget(
  what: string,
  value: number,
  unit: string,
  target: { readonly atLeast?: number; readonly atMost?: number },
): boolean {
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = target;
  const reached = value >= atLeast && value <= atMost;
  const wanted = target.atLeast === undefined ? `at most ${target.atMost}` : `at least ${target.atLeast}`;
  console.log(`  ${reached ? 'REACHED' : 'MISSED '} ${what}: ${digits(value)}${unit} (wanted: ${wanted}${unit})`);
  return reached;
}

/** Milliseconds a piece of work takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** A process and everything below it. */
export async function familyOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0));
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

const ticksPerSecond = 100;

/** CPU seconds used so far by a process and all below it, those already ended and waited for included. */
export async function cpuSeconds(pid: number): Promise<number> {
  let ticks = 0;
  for (const member of await familyOf(pid)) {
    const stat = await readFile(`/proc/${member}/stat`, 'utf8').catch(() => '');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    // utime, stime, and those of the children that ended.
    ticks += [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
  }
  return ticks / ticksPerSecond;
}

/** Memory in use (or at its peak) by a process and all below it, in MB. Shared pages count once for each process, which favours nobody. */
export async function memoryMb(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
  let kilobytes = 0;
  for (const member of await familyOf(pid)) {
    const status = await readFile(`/proc/${member}/status`, 'utf8').catch(() => '');
    kilobytes += Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Memory of the one process alone, in MB. */
export async function ownMemoryMb(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}
