/** F1: power cut at every step boundary and at random moments. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, it, onTestFinished } from 'vitest';
import type { CrashPoint } from '../../electron/hub/crash-point.ts';
import { seeds } from '../random.ts';
import { ripModes } from './fake-rip.ts';
import { startFloor } from './floor.ts';

const crashPoints: Record<CrashPoint, true> = {
  'arrival-recorded': true,
  'original-filed': true,
  'temp-opened': true,
  'temp-written': true,
  'temp-verified': true,
  'publishing-recorded': true,
  published: true,
  'temp-removed': true,
  'folder-flushed': true,
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
