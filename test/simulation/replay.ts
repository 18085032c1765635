/** `npm run simulate -- --seed N`: plays one seed and tells everything that happened. `--seeds FROM-TO`: plays many (for `--within` ms at most) and tells which broke a promise. */
import { parseArgs } from 'node:util';
import { play, tell } from './play.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' }, seeds: { type: 'string' }, within: { type: 'string' } } });

if (values.seed !== undefined) {
  const { trace, violations, counts } = await simulate(Number(values.seed), true);
  for (const line of trace) console.log(line);
  console.log(tell({ counts: Object.fromEntries(counts), seeds: 1, broken: violations.map(({ what }) => what) }));
  process.exitCode = violations.length === 0 ? 0 : 1;
} else {
  const [from = 1, to = 1000] = (values.seeds ?? '1-1000').split('-').map(Number);
  const startedAt = performance.now();
  const played = await play(from, to, Number(values.within ?? Number.POSITIVE_INFINITY));
  for (const line of played.broken) console.log(line);
  console.log(`${tell(played)}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  process.send?.(played);
  process.exitCode = played.broken.length === 0 ? 0 : 1;
}
