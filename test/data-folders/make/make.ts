/**
 * Makes the packed floors beside this folder: `node test/data-folders/make/make.ts CHECKOUT`. Runs the hub of CHECKOUT, which must stand at the program whose
 * data folders these are (README.md names the commit); today's program cannot make yesterday's folders, and no test runs this.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packFloor } from '../pack.ts';
import { cutOff } from './cut-off.ts';
import { liveADay } from './day.ts';
import { setUpShop } from './shop.ts';
import { startYesterday } from './yesterday.ts';

const [, , checkout] = process.argv;
if (checkout === undefined) throw new Error('usage: node test/data-folders/make/make.ts CHECKOUT');
const root = join(tmpdir(), 'floor-of-yesterday');
const floor = await startYesterday(resolve(checkout), root);
try {
  const shop = await setUpShop(floor);
  const repeats = await liveADay(floor, shop);
  const answers: Record<string, unknown> = {};
  for (const path of ['/jobs?limit=500', '/hot-folders', '/rules', '/settings', '/stations', '/arrivals?limit=500', '/events?limit=5000'])
    answers[path] = (await floor.hub.api('GET', path)).body;
  const notes = JSON.parse(JSON.stringify({ tokens: { ...shop.tokens, admin: floor.hub.token }, repeats, answers }));
  await floor.hub.stop();
  packFloor(root, join(import.meta.dirname, '../at-rest.floor'), notes);
  await cutOff(floor);
  packFloor(root, join(import.meta.dirname, '../cut-off.floor'), notes);
} finally {
  await floor.hub.kill9();
  rmSync(root, { recursive: true, force: true });
}
