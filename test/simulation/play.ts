/** Many floors, one seed after the other: what the tests of this folder and `npm run simulate` share. */
import { deliveryTable } from '../../shared/delivery.ts';
import { simulate } from './simulate.ts';

export type Played = { readonly broken: readonly string[]; readonly counts: Readonly<Record<string, number>>; readonly seeds: number };

/** Plays the seeds from `from` to `to`, or as many as `withinMs` allows. */
export async function play(from: number, to: number, withinMs = Number.POSITIVE_INFINITY): Promise<Played> {
  const broken: string[] = [];
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  let seed = from;
  for (; seed <= to && performance.now() - startedAt < withinMs; seed++) {
    const outcome = await simulate(seed);
    for (const [what, count] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + count);
    for (const { promise, what } of outcome.violations) broken.push(`seed ${seed}: ${promise}: ${what}`);
  }
  return { broken, counts: Object.fromEntries(counts), seeds: seed - from };
}

export function join(parts: readonly Played[]): Played {
  const counts = new Map<string, number>();
  for (const part of parts) for (const [what, count] of Object.entries(part.counts)) counts.set(what, (counts.get(what) ?? 0) + count);
  const seeds = parts.reduce((sum, part) => sum + part.seeds, 0);
  return { broken: parts.flatMap(({ broken }) => broken), counts: Object.fromEntries(counts), seeds };
}

/** Every step a delivery may take. */
export function allSteps(): string[] {
  return Object.entries(deliveryTable).flatMap(([from, { next }]) => next.map((to) => `step: ${from} -> ${to}`));
}

export function tell({ counts, seeds, broken }: Played): string {
  const lines = Object.entries(counts)
    .sort()
    .map(([what, count]) => `${String(count).padStart(7)}  ${what}`);
  return [...lines, `${seeds} floors, ${broken.length} promises broken`].join('\n');
}
