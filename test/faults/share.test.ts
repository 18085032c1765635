/** F5 and F6: the share goes away, comes back, or hangs. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { seeds } from '../random.ts';
import { until } from '../until.ts';
import type { RipMode } from './fake-rip.ts';
import { type Floor, startFloor } from './floor.ts';
import { need } from './machine.ts';
import { allEvents, allJobs, filesBelow } from './observe.ts';
import { makeShare, type Share } from './share.ts';

const timeout = 120_000;

beforeEach((context) => need(context, { root: true, programs: ['bindfs'] }));

async function floorOnShare(seed: number, ripMode: RipMode = 'delete'): Promise<{ floor: Floor; share: Share }> {
  const share = await makeShare();
  onTestFinished(share.clean);
  const floor = await startFloor({ seed, ripMode, ripFolder: share.serverPath, press: { path: share.path, location: 'network' } });
  onTestFinished(floor.clean);
  return { floor, share };
}

async function expectTrouble(floor: Floor, codes: readonly string[], ms = 30_000): Promise<void> {
  await until(async () => codes.includes((await floor.press()).reasonCode ?? ''), `the folder is in trouble: ${codes.join(' or ')}`, ms);
  const failed = (await allEvents(floor.hub)).filter((event) => event.code === 'CopyToHotFolderFailed');
  expect(failed, 'a fault of the folder is no failure of a job').toEqual([]);
}

describe('the share goes away', () => {
  it('before a delivery: nothing is written into the empty mount point, and it goes on when the share is back', { timeout }, async () => {
    const { floor, share } = await floorOnShare(1);
    await share.unmount();
    await floor.dropMany(3);
    await expectTrouble(floor, ['NotTheShare', 'ShareOff', 'FolderMissing']);
    expect(await readdir(share.path)).toEqual([]);
    await share.mount();
    await floor.expectAllWell();
    await share.unmount();
    expect(await filesBelow(share.path)).toEqual([]);
  });

  for (const seed of seeds(1, 50)) {
    it(`in the middle of copying, seed ${seed}`, { timeout }, async () => {
      const { floor, share } = await floorOnShare(seed);
      await floor.dropMany(6, { from: 1_000_000, to: 8_000_000 });
      await pause(floor.random.between(50, 700));
      await share.unmount();
      await pause(floor.random.between(100, 800));
      expect(await filesBelow(share.path)).toEqual([]);
      await share.mount();
      await floor.expectAllWell();
    });
  }

  it('after a delivery: gone with its share is not taken by the printer', { timeout }, async () => {
    const { floor, share } = await floorOnShare(3, 'never');
    await floor.dropMany(2);
    await floor.settle();
    await share.unmount();
    await expectTrouble(floor, ['NotTheShare', 'ShareOff', 'FolderMissing']);
    await pause(1500);
    await share.mount();
    await until(async () => (await floor.press()).state === 'ready', 'the folder is well again', 30_000);
    await pause(1000);
    const codes = (await allEvents(floor.hub)).map((event) => event.code);
    expect(codes).not.toContain('InProduction');
    await floor.expectAllWell();
  });
});

describe('the share hangs', () => {
  it('the others print on, the hub answers at once, and the hung one goes on afterwards', { timeout: 2 * timeout }, async () => {
    const { floor, share } = await floorOnShare(4);
    const otherPath = join(floor.workPath, 'other');
    await mkdir(otherPath);
    const other = await floor.hub.ask(hotFolderSchema, 'POST', '/hot-folders', { name: 'other', path: otherPath, types: ['pdf'] });
    const rule = await floor.hub.api('POST', '/rules', {
      name: 'cards',
      position: 0,
      conditions: { product: ['card'] },
      hotFolderId: other.id,
    });
    expect(rule.status).toBe(201);
    share.freeze();
    await floor.dropMany(3);
    for (let order = 1; order <= 20; order += 1) {
      const file = `9${order}-1 card.pdf`;
      await floor.hub.api('POST', '/jobs', { order: `9${order}`, job: '1', product: 'card', files: [file] });
      await writeFile(join(floor.incoming, file), pdfBytes(9000 + order));
    }
    const waits: number[] = [];
    await until(
      async () => {
        const from = performance.now();
        await floor.hub.api('GET', '/health');
        waits.push(performance.now() - from);
        return (await readdir(otherPath)).filter((name) => name.endsWith('.pdf')).length === 20;
      },
      'the other printer gets all of its files',
      30_000,
    );
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(250);
    // The call that hangs decides how long its silence is waited for: a copy may be silent for a minute.
    await expectTrouble(floor, ['ShareHangs'], 80_000);
    share.thaw();
    await until(
      async () =>
        (await allJobs(floor.hub))
          .filter((job) => job.hotFolder === 'press-1')
          .every((job) => job.deliveries.some((delivery) => delivery.deliveredAt !== null)),
      'the hung share gets its files',
      60_000,
    );
    const seenByRip = async () => (await floor.rip.lines()).flatMap((line) => (line.what === 'seen' ? [line] : []));
    await until(async () => (await seenByRip()).length >= 3, 'the RIP looks at all of them', 30_000);
    await floor.rip.stop();
    const seen = await seenByRip();
    expect(new Set(seen.map((line) => line.sha256)).size).toBe(3);
    expect(seen.length, 'each once').toBe(3);
  });
});
