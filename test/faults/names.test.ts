/** F10 and F11: names that are taken, and RIPs with habits of their own. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { HotFolderSettings } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { isLong } from '../random.ts';
import { until } from '../until.ts';
import { type RipMode, ripModes } from './fake-rip.ts';
import { startFloor } from './floor.ts';
import { allJobs } from './observe.ts';

const timeout = isLong ? 900_000 : 120_000;

describe('two files want one name', () => {
  it('another file holds it: it stays as it is, and ours goes when the name is free', { timeout }, async () => {
    const floor = await startFloor({ seed: 1, ripMode: 'never', press: { template: 'card {order} {job}' } });
    onTestFinished(floor.clean);
    const foreign = join(floor.pressPath, 'card 1 1.pdf');
    const foreignContent = pdfBytes(99, 5000);
    floor.manifest.add('card 1 1.pdf', foreignContent, 'either');
    await writeFile(foreign, foreignContent);
    await floor.drop('1-1 Card.pdf');
    const job = await until(
      async () => (await allJobs(floor.hub)).find((one) => one.deliveries.some((delivery) => delivery.reasonCode === 'NameTaken')),
      'the job says why it waits',
      30_000,
    );
    expect(job.order).toBe('1');
    expect(await readFile(foreign)).toEqual(foreignContent);
    await rm(foreign);
    const ours = floor.manifest.entries()[1]?.sha256;
    await until(
      async () => (await floor.rip.lines()).some((line) => line.what === 'seen' && line.sha256 === ours),
      'ours is there',
      60_000,
    );
  });

  it('names that differ in case only lie side by side or wait, and replace nothing', { timeout }, async () => {
    const floor = await startFloor({ seed: 2, ripDelayMs: 300 });
    onTestFinished(floor.clean);
    await floor.drop('1-1 Card.pdf');
    await floor.drop('1-2 CARD.pdf');
    await floor.drop('1-3 card.pdf');
    await floor.expectAllWell();
  });

  it('many files at the same moment: one after the other, none replaced, none lost', { timeout }, async () => {
    const floor = await startFloor({ seed: 3, press: { template: '{order}-{job}' }, ripDelayMs: 5 });
    onTestFinished(floor.clean);
    // All files of one job, under a template that gives them one name.
    const files = Array.from({ length: isLong ? 50 : 8 }, (_, at) => `part ${at + 1}.pdf`);
    await floor.hub.ask(z.unknown(), 'POST', '/jobs', { order: '1', job: '1', files });
    for (const file of files) await floor.drop(file);
    await floor.expectAllWell(timeout - 20_000);
  });
});

const settings: Partial<Record<RipMode, Partial<HotFolderSettings>>> = {
  kodak: { outcome: { kind: 'kodak' } },
  refuse: { outcome: { kind: 'named', failed: 'failed' } },
  // Copies made in the hot folder itself are what such a RIP finds.
  deleteTemps: { temp: { kind: 'inside' } },
};

describe('whatever the RIP does with the files, each goes out once', () => {
  for (const mode of ripModes) {
    it(`RIP mode ${mode}`, { timeout }, async () => {
      const floor = await startFloor({ seed: 5, ripMode: mode, press: settings[mode] ?? {} });
      onTestFinished(floor.clean);
      await floor.dropMany(6);
      await floor.expectAllWell();
      if (mode === 'kodak') await until(async () => (await allJobs(floor.hub)).every((job) => job.status === 'Printed'), 'all are printed');
      if (mode !== 'refuse') return;
      const refused = await until(async () => {
        const jobs = await allJobs(floor.hub);
        return jobs.every((job) => job.attention.some((problem) => problem.code === 'PrinterRefused')) ? jobs : null;
      }, 'every job asks for attention');
      expect(JSON.stringify(refused[0]?.attention)).toContain('Font missing on page 1');
    });
  }
});
