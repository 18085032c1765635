/** F8 and F9: files that are still being written, change under our hands, or were never whole. */
import { open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes, truncatedPdf } from '../pdf.ts';
import { seeds } from '../random.ts';
import { until } from '../until.ts';
import { type Floor, startFloor } from './floor.ts';
import { allArrivals, allJobs } from './observe.ts';
import type { Violation } from './oracle.ts';

const timeout = 90_000;

type Meddling = 'grows' | 'shrinks' | 'is replaced' | 'is deleted' | 'is edited in place';

async function meddle(what: Meddling, path: string, next: Buffer): Promise<void> {
  switch (what) {
    case 'grows':
    case 'is edited in place':
      // Through the open file, as a program does that still holds it: it may be filed by now.
      return await writeFile(path, next, { flag: 'r+' });
    case 'shrinks':
      await truncate(path, next.length);
      return await writeFile(path, next, { flag: 'r+' });
    case 'is replaced':
      await writeFile(`${path}.new`, next);
      return await rename(`${path}.new`, path);
    case 'is deleted':
      return await rm(path);
  }
}

const sizeOf: Record<Meddling, number> = {
  grows: 12_000_000,
  shrinks: 4_000_000,
  'is replaced': 8_000_000,
  'is deleted': 8_000_000,
  'is edited in place': 8_000_000,
};

describe('a file that changes while we take it over is never printed as a mixture', () => {
  for (const what of Object.keys(sizeOf) as Meddling[]) {
    for (const seed of seeds(1, 40)) {
      it(`it ${what}, seed ${seed}`, { timeout }, async () => {
        const floor = await startFloor({ seed });
        onTestFinished(floor.clean);
        const name = '1-1 Poster.pdf';
        await floor.drop(name, pdfBytes(seed, 8_000_000), 'either');
        const next = pdfBytes(seed + 1000, sizeOf[what]);
        await pause(floor.random.between(0, 1200));
        // The file may have been taken over already: then it is a new file under the old name.
        const path = join(floor.incoming, name);
        const wasThere = await meddle(what, path, next).then(
          () => true,
          () => false,
        );
        const put = what !== 'is deleted' && wasThere ? floor.manifest.add(name, next, 'either') : null;
        await floor.drop('2-1 Afterwards.pdf');
        await until(
          async () => (await allJobs(floor.hub)).some((job) => job.order === '2' && job.stage === 'press'),
          'the next job is printed',
          40_000,
        );
        await until(async () => isDecided(await meddledJob(floor), put?.sha256 ?? null), 'the changed file comes to its end', 20_000).catch(
          async (error: unknown) => {
            throw new Error(
              `${String(error)}, seed ${seed}: ${JSON.stringify(await meddledJob(floor))}\n${floor.hub.output().slice(-2000)}`,
            );
          },
        );
        const found = await until(async () => ((await brokenBy(floor)).length === 0 ? [] : null), 'no violation', 5000).catch(() =>
          brokenBy(floor),
        );
        expect(found, `seed ${seed}`).toEqual([]);
      });
    }
  }
});

/** All but what asks for the old content: it may have been gone before anybody could read it. */
async function brokenBy(floor: Floor): Promise<Violation[]> {
  return (await floor.violations()).filter((violation) => ['I2', 'I3', 'I4', 'I5', 'I10'].includes(violation.invariant));
}

async function meddledJob(floor: Floor): Promise<Job | undefined> {
  return (await allJobs(floor.hub)).find((job) => job.order === '1');
}

const sentStates = new Set(['delivered', 'taken', 'printed']);

/**
 * What was put there is the current version and was sent, or waits for a person because the old one was. Where nothing was put there, the old one was
 * sent, or the job says that its file is gone, or there is no job. That a file has changed is never the last word.
 */
function isDecided(job: Job | undefined, newHash: string | null): boolean {
  if (job === undefined) return newHash === null;
  const sent = (fileId: number | undefined) => job.deliveries.some((one) => one.fileId === fileId && sentStates.has(one.state));
  const current = job.files.find((file) => file.current);
  if (newHash === null)
    return sent(current?.id) || job.deliveries.some((one) => one.state === 'failed' && one.reasonCode === 'SourceMissing');
  const held = job.attention.some((item) => item.code === 'NewVersionHeld') && job.files.some((file) => !file.current && sent(file.id));
  return current?.sha256 === newHash && (sent(current.id) || held);
}

describe('a writer that takes its time is waited for', () => {
  it('pauses longer than the settle time, again and again', { timeout }, async () => {
    const floor = await startFloor({ seed: 1, settleMs: 100 });
    onTestFinished(floor.clean);
    const content = pdfBytes(1, 600_000);
    floor.manifest.add('1-1 Slow.pdf', content);
    const file = await open(join(floor.incoming, '1-1 Slow.pdf'), 'w');
    for (let at = 0; at < content.length; at += 100_000) {
      await file.write(content.subarray(at, at + 100_000));
      await pause(350);
    }
    await file.close();
    await floor.expectAllWell();
  });

  it('reserves the whole size first, as copies from Windows do', { timeout }, async () => {
    const floor = await startFloor({ seed: 2, settleMs: 100 });
    onTestFinished(floor.clean);
    const content = pdfBytes(2, 600_000);
    floor.manifest.add('1-1 Reserved.pdf', content);
    const file = await open(join(floor.incoming, '1-1 Reserved.pdf'), 'w');
    await file.truncate(content.length);
    await pause(800);
    await file.write(content, 0, 300_000, 0);
    await pause(800);
    await file.write(content, 300_000, content.length - 300_000, 300_000);
    await file.close();
    await floor.expectAllWell();
  });

  it('dies half way: the half file is rejected with a reason and never printed', { timeout }, async () => {
    const floor = await startFloor({ seed: 3 });
    onTestFinished(floor.clean);
    await floor.drop('1-1 Half.pdf', truncatedPdf(3, 200_000), 'rejected');
    await floor.dropMany(2);
    await floor.expectAllWell();
    const half = (await allArrivals(floor.hub)).find((arrival) => arrival.name === '1-1 Half.pdf');
    expect(half).toMatchObject({ outcome: 'rejected', reasonCode: 'NotWhole' });
  });

  it('uses a temporary name and renames at the end', { timeout }, async () => {
    const floor = await startFloor({ seed: 4 });
    onTestFinished(floor.clean);
    const content = pdfBytes(4, 500_000);
    floor.manifest.add('1-1 Renamed.pdf', content);
    const path = join(floor.incoming, '1-1 Renamed.pdf');
    await writeFile(`${path}.crdownload`, content.subarray(0, 200_000));
    await pause(300);
    await writeFile(`${path}.crdownload`, content);
    await rename(`${path}.crdownload`, path);
    await floor.settle();
    const broken = (await floor.violations()).filter((violation) => violation.invariant !== 'I8');
    expect(broken).toEqual([]);
  });
});
