/** F1: power cut at every step boundary and at random moments. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CrashPoint } from '../../electron/hub/crash-point.ts';
import { seeds } from '../random.ts';
import { until } from '../until.ts';
import { ripModes } from './fake-rip.ts';
import { startFloor } from './floor.ts';
import { allJobs } from './observe.ts';

/** `taken-back` is only passed by what was cancelled: see below. */
const crashPoints: Record<Exclude<CrashPoint, 'taken-back'>, true> = {
  'arrival-recorded': true,
  'original-filed': true,
  'temp-opened': true,
  'temp-written': true,
  'temp-verified': true,
  'publishing-recorded': true,
  published: true,
  'folder-flushed': true,
  'temp-removed': true,
  'delivery-recorded': true,
};

describe('a power cut at a step boundary loses nothing and prints nothing twice', () => {
  for (const point of Object.keys(crashPoints)) {
    for (const seed of seeds(1, 10)) {
      it(`at ${point}, seed ${seed}`, { timeout: 120_000 }, async () => {
        const ripMode = seed % 2 === 0 ? 'atOnce' : 'delete';
        const floor = await startFloor({ seed, ripMode, hub: { env: { PRINTFLOOR_CRASH_AT: point } } });
        onTestFinished(floor.clean);
        await floor.dropMany(3);
        await floor.hub.waitForExit(20_000);
        await floor.hub.start();
        await floor.expectAllWell();
      });
    }
  }
});

it('a power cut while what was cancelled in its last step is taken back says of no file that it lay there', {
  timeout: 120_000,
}, async () => {
  const floor = await startFloor({ seed: 1, ripMode: 'never', hub: { env: { PRINTFLOOR_CRASH_AT: 'publishing-recorded' } } });
  onTestFinished(floor.clean);
  await floor.dropMany(1);
  await floor.hub.waitForExit(20_000);
  const record = new Database(join(floor.hub.data, 'printfloor.sqlite'));
  expect(record.prepare("update delivery set state = 'withdrawing' where state = 'publishing'").run().changes).toBe(1);
  record.close();
  // It dies so soon that it may never have said that it runs.
  await floor.hub.start({ env: { PRINTFLOOR_CRASH_AT: 'taken-back' } }).catch(() => undefined);
  await floor.hub.waitForExit(20_000);
  await floor.hub.start();
  await until(
    async () => (await readdir(join(floor.pressPath, '..', '.printfloor-staging'))).every((name) => !name.endsWith('.part')),
    'its copy is cleared',
  );
  const [job] = await allJobs(floor.hub);
  expect(job?.deliveries[0]?.state).toBe('cancelled');
  // Nobody said more: so it goes out anew, and lies there.
  await until(async () => (await readdir(floor.pressPath)).includes(job?.deliveries[0]?.name ?? ''), 'it lies there');
});

describe('power cuts at random moments lose nothing and print nothing twice', () => {
  const modes = ripModes.filter((mode) => mode === 'delete' || mode === 'move' || mode === 'atOnce' || mode === 'never');
  for (const seed of seeds(1, 200)) {
    it(`seed ${seed}`, { timeout: 180_000 }, async () => {
      const floor = await startFloor({ seed, ripMode: modes[seed % modes.length] ?? 'delete' });
      onTestFinished(floor.clean);
      for (let cut = 0; cut < 3; cut += 1) {
        await floor.dropMany(5, { from: 3000, to: 6_000_000 });
        await pause(floor.random.between(1, 900));
        await floor.hub.kill9();
        await floor.hub.start();
      }
      await floor.expectAllWell();
    });
  }
});
