/** What printers do to the files they are given: rename, copy, re-time, and show it in folders of their own. */
import { renameSync, rmSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

/** As much of a picture as is looked at. */
const picture = (seed: number): Buffer =>
  Buffer.concat([
    Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0'.padEnd(20, '\0'), 'latin1'),
    Buffer.from('\xff\xda\0\x08', 'latin1'),
    Buffer.alloc(3000, seed),
    Buffer.from('\xff\xd9', 'latin1'),
  ]);
const inPress = (...path: string[]) => join(floor.press, ...path);

async function showOutcomes(): Promise<void> {
  for (const name of ['Done', 'Failed']) await mkdir(inPress(name));
  await floor.ask('PATCH', '/hot-folders/1', { outcome: { kind: 'named', done: 'Done', failed: 'Failed' } });
}

async function deliver(name: string, seed: number): Promise<void> {
  await floor.drop(name, pdfBytes(seed));
  await floor.untilStatus(name.split(' ')[0] ?? '', 'InHotFolder');
}

const attentionOf = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code) ?? [];
const codesOf = async (number: string) => (await floor.history((await floor.job(number))?.id ?? 0)).map(({ code }) => code);
/** So many looks later than now: another job has gone through and was taken. */
async function untilTaken(number: string): Promise<void> {
  await deliver(`${number} marker.pdf`, 77);
  await rm(inPress(`${number} marker.pdf`));
  await floor.untilStatus(number, 'InProduction');
}

describe('a printer that moves what it has printed', () => {
  beforeEach(showOutcomes);

  it('and puts the time before the name is believed', async () => {
    await deliver('1-1 x.pdf', 1);
    await rename(inPress('1-1 x.pdf'), inPress('Done', '20261125T191500 1-1 x.pdf'));
    await floor.untilStatus('1-1', 'Printed');
  });

  it('has not printed a job of which a file has no way yet; one that a rule keeps from every printer is none of it', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { types: ['pdf', 'jpg'] });
    await floor.ask('PATCH', '/rules/1', { conditions: { type: ['pdf'] } });
    const begin = async (order: string): Promise<void> => {
      await floor.ask('POST', '/jobs', { order, files: [`${order} a.pdf`, `${order} b.jpg`] });
      await floor.drop(`${order} b.jpg`, picture(Number(order)));
      await until(async () => (await floor.job(`${order}-1`))?.files.length === 1, 'the picture is there');
      await floor.drop(`${order} a.pdf`, pdfBytes(Number(order)));
      await floor.untilStatus(`${order}-1`, 'InHotFolder');
      await rename(inPress(`${order} a.pdf`), inPress('Done', `${order} a.pdf`));
    };
    await begin('2');
    const job = await floor.untilStatus('2-1', 'InProduction');
    expect([job.stage, await attentionOf('2-1')]).toEqual(['press', ['NoRuleFits']]);
    await floor.ask('POST', '/rules', { name: 'Pictures', conditions: { type: ['jpg'] }, hotFolderId: null });
    await begin('3');
    await floor.untilStatus('3-1', 'Printed');
  });

  it('and numbers it is believed, done and failed', async () => {
    await deliver('1-1 y.pdf', 1);
    await deliver('1-2 r.pdf', 2);
    await rename(inPress('1-1 y.pdf'), inPress('Done', '1-1 y_1.pdf'));
    await rename(inPress('1-2 r.pdf'), inPress('Failed', '1-2 r_1.pdf'));
    await floor.untilStatus('1-1', 'Printed');
    await until(async () => (await attentionOf('1-2')).includes('PrinterRefused'), 'the refusal is shown');
  });

  it('and copies it with a time of seven minutes ago is believed', async () => {
    await deliver('1-1 z.pdf', 1);
    await copyFile(inPress('1-1 z.pdf'), inPress('Done', '1-1 z.pdf'));
    const before = new Date(Date.now() - 420_000);
    await utimes(inPress('Done', '1-1 z.pdf'), before, before);
    await rm(inPress('1-1 z.pdf'));
    await floor.untilStatus('1-1', 'Printed');
  });

  it('and copies it under another name is believed by the content', async () => {
    await deliver('1-1 z.pdf', 1);
    await copyFile(inPress('1-1 z.pdf'), inPress('Done', 'job 0001.pdf'));
    await rm(inPress('1-1 z.pdf'));
    await floor.untilStatus('1-1', 'Printed');
  });

  it('is not believed for a copy that lay in its done folder before', async () => {
    await writeFile(inPress('Done', '1-1 z.pdf'), pdfBytes(1));
    await deliver('1-1 z.pdf', 1);
    await rm(inPress('1-1 z.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
    await untilTaken('2-1');
    expect((await floor.job('1-1'))?.status).toBe('InProduction');
    expect(await codesOf('1-1')).not.toContain('Printed');
  });

  it('has printed two sends only when two files lie there', async () => {
    await deliver('1-1 z.pdf', 1);
    await rm(inPress('1-1 z.pdf'));
    const job = await floor.untilStatus('1-1', 'InProduction');
    await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'paper jam', actionId: 'again-0001' });
    await until(async () => (await floor.job('1-1'))?.deliveries[1]?.state === 'delivered', 'it lies there again');
    await rename(inPress('1-1 z.pdf'), inPress('Done', '1-1 z.pdf'));
    await until(async () => (await floor.job('1-1'))?.deliveries.some(({ state }) => state === 'printed'), 'one is printed');
    await untilTaken('2-1');
    expect((await floor.job('1-1'))?.deliveries.map(({ state }) => state)).toEqual(['taken', 'printed']);
  });
});

describe('one content in three jobs', () => {
  beforeEach(showOutcomes);
  const three = ['1-1 a.pdf', '1-2 b.pdf', '1-3 c.pdf'] as const;

  it('is printed as often as the printer shows it: what still lies there is not, though two files came in one look', async () => {
    for (const name of three) await deliver(name, 1);
    await copyFile(inPress('1-1 a.pdf'), inPress('other.tmp'));
    // All in one moment, so that one look sees it.
    renameSync(inPress('other.tmp'), inPress('Done', 'job 0001.pdf'));
    renameSync(inPress('1-3 c.pdf'), inPress('Done', 'job 0002.pdf'));
    rmSync(inPress('1-1 a.pdf'));
    for (const number of ['1-1', '1-3']) await floor.untilStatus(number, 'Printed');
    await untilTaken('2-1');
    expect((await floor.job('1-2'))?.status).toBe('InHotFolder');
    expect(await codesOf('1-2')).not.toContain('Printed');
  });
});

describe('two hot folders whose printers put what is done into one folder', () => {
  const done = () => join(floor.dataPath, 'done');
  const second = (...path: string[]) => join(floor.dataPath, 'second', ...path);

  /** One content in two jobs, one at each press. */
  beforeEach(async () => {
    for (const path of [done(), second()]) await mkdir(path, { recursive: true });
    const outcome = { kind: 'named', done: done() } as const;
    await floor.ask('PATCH', '/hot-folders/1', { outcome });
    const { id } = await floor.addFolder({ name: 'Press 2', path: second(), outcome, takenAfterMs: 200 });
    await deliver('1-1 a.pdf', 1);
    await floor.ask('POST', '/rules', { name: 'second', position: 0, hotFolderId: id, conditions: { type: ['pdf'] } });
    await deliver('2-1 b.pdf', 1);
  });

  it('has printed the one whose very file lies there, and not the other', async () => {
    await rename(inPress('1-1 a.pdf'), join(done(), 'job 0001.pdf'));
    await floor.untilStatus('1-1', 'Printed');
    await deliver('3-1 marker.pdf', 77);
    await rm(second('3-1 marker.pdf'));
    await floor.untilStatus('3-1', 'InProduction');
    expect((await floor.job('2-1'))?.status).toBe('InHotFolder');
    expect(await attentionOf('2-1')).toEqual([]);
  });

  it('asks of which of the two a copy is that may be of either, and says of none that it is printed', async () => {
    await copyFile(second('2-1 b.pdf'), join(done(), 'copy.tmp'));
    await rm(second('2-1 b.pdf'));
    await rename(join(done(), 'copy.tmp'), join(done(), 'job 0001.pdf'));
    for (const number of ['1-1', '2-1'])
      await until(async () => (await attentionOf(number)).includes('WhoseOutcome'), `somebody is asked about ${number}`);
    await floor.untilStatus('2-1', 'InProduction');
    for (const number of ['1-1', '2-1']) expect(await codesOf(number)).not.toContain('Printed');
    const { id = 0 } = (await floor.job('2-1')) ?? {};
    await floor.ask('POST', `/jobs/${id}/status`, { code: 'Printed', actionId: 'printed-2' });
    expect(await attentionOf('2-1')).toEqual([]);
    expect((await floor.history(id)).filter(({ data }) => data['problem'] === 'WhoseOutcome')).toHaveLength(1);
  });

  it('is told from the names where the contents are two', async () => {
    await writeFile(join(done(), '2-1 b.pdf'), 'changed by the printer');
    await floor.untilStatus('2-1', 'Printed');
    expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
  });
});

describe('a printer that renames in place what it works on', () => {
  it('took the file, and nobody else put one there', async () => {
    await deliver('1-1 x.pdf', 1);
    await rename(inPress('1-1 x.pdf'), inPress('1-1 x.pdf.processing'));
    await floor.untilStatus('1-1', 'InProduction');
    await untilTaken('2-1');
    expect((await codesOf('1-1')).filter((code) => code === 'InHotFolder')).toHaveLength(1);
    expect((await floor.jobs()).map(({ number }) => number).sort()).toEqual(['1-1', '2-1']);
  });
});

describe('a delivered file', () => {
  it('of a job that a person marked printed is told once, as what the printer may still print', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { lyingAfterMs: 1000 });
    await deliver('1-1 x.pdf', 1);
    const job = await floor.job('1-1');
    await floor.ask('POST', `/jobs/${job?.id}/status`, { code: 'Printed', actionId: 'printed-1' });
    await until(async () => (await floor.job('1-1'))?.deliveries[0]?.state === 'lying', 'it lies there too long');
    expect(await attentionOf('1-1')).toEqual(['LiesThoughPrinted']);
    expect((await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0]?.lying).toBe(1);
  });

  it('whose name the folder spells another way lies there', async () => {
    await deliver('1-1 Grüße.pdf'.normalize('NFC'), 1);
    await rename(inPress('1-1 Grüße.pdf'.normalize('NFC')), inPress('1-1 Grüße.pdf'.normalize('NFD')));
    await untilTaken('2-1');
    expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
    expect((await floor.jobs()).length).toBe(2);
  });
});

it('one of two files taken is told as one of two', async () => {
  await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.pdf'] });
  await floor.drop('a.pdf', pdfBytes(1));
  await floor.drop('b.pdf', pdfBytes(2));
  await until(async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'delivered').length === 2, 'both lie there');
  await rm(inPress('a.pdf'));
  const job = await floor.untilStatus('1-1', 'InProduction');
  expect(job.tracks.production?.reason).toContain('1 of 2');
});
