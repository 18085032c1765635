/** Another folder lies where a hot folder was: it never passes for it, and what was delivered to the old one is never said to be taken. */
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'InHotFolder');
});
afterEach(() => floor.close());

const folder = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0];
const troubled = () => until(async () => (await folder())?.reasonCode === 'OtherFolder', 'it says that another folder lies there');
const ready = () => until(async () => (await folder())?.state === 'ready', 'the folder is ready');
const attention = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code);
const probe = (takeOver = true) => floor.ask<HotFolder>('POST', '/hot-folders/1/probe', { takeOver });

async function replace(): Promise<void> {
  await rename(floor.press, `${floor.press} old`);
  await mkdir(floor.press);
}
async function putBack(): Promise<void> {
  await rename(floor.press, `${floor.press} wrong`);
  await rename(`${floor.press} old`, floor.press);
}

describe('a hot folder that was moved away, with another folder in its place', () => {
  it('is told, nothing is delivered there, and nothing counts as taken; the old one is known again', async () => {
    await replace();
    await troubled();
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'OutputCreated');
    // Several times as long as it takes to miss a file.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
    expect((await floor.job('1-2'))?.status).toBe('OutputCreated');
    expect(await filesBelow(floor.press)).toEqual({});
    await putBack();
    await floor.untilStatus('1-2', 'InHotFolder');
    expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['1-1 a.pdf', '1-2 b.pdf']);
    expect(await attention('1-1')).not.toContain('OutOfSight');
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
  });

  it('is not known after a restart either', async () => {
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'InHotFolder');
    await floor.hub().stop();
    await replace();
    await floor.restart();
    await troubled();
    expect([(await floor.job('1-1'))?.status, (await floor.job('1-2'))?.status]).toEqual(['InHotFolder', 'InHotFolder']);
  });

  it('is not used because somebody looked at it', async () => {
    await replace();
    await troubled();
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    expect((await probe(false)).body.health).toMatchObject({ ok: false, reasonCode: 'OtherFolder' });
    await floor.untilStatus('1-2', 'OutputCreated');
    await putBack();
    await floor.untilStatus('1-2', 'InHotFolder');
    expect(await filesBelow(`${floor.press} wrong`)).toEqual({});
    expect(await attention('1-1')).toEqual([]);
  });

  it('is used once a person has said so; what lay in the old one is a question for people', async () => {
    await replace();
    await troubled();
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    expect((await probe()).body.health?.ok).toBe(true);
    await floor.untilStatus('1-2', 'InHotFolder');
    await ready();
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['1-2 b.pdf']);
    expect(await attention('1-1')).toEqual(['OutOfSight']);
    expect((await floor.job('1-1'))?.deliveries.map(({ state }) => state)).toEqual(['uncertain']);
    await floor.restart();
    await rm(join(floor.press, '1-2 b.pdf'));
    await floor.untilStatus('1-2', 'InProduction');
    expect(await attention('1-1')).toEqual(['OutOfSight']);
  });

  it('and was filled with what had lain in the old one goes on when a person has said that it is the one', async () => {
    await replace();
    await cp(`${floor.press} old`, floor.press, { recursive: true });
    await troubled();
    await probe();
    await ready();
    expect(await attention('1-1')).toEqual([]);
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
  });
});

it('a hot folder that was removed and made anew is another, although the disk gives it the number of the old one; nothing in it was taken', async () => {
  await rm(floor.press, { recursive: true });
  await mkdir(floor.press);
  await troubled();
  // Several times as long as it takes to miss a file.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
  await probe();
  await ready();
  expect(await attention('1-1')).toEqual(['OutOfSight']);
});

it('a disk that comes back from a backup, marker and all, is worked with; what the backup does not have was not taken', async () => {
  const { hotFolders } = floor.places;
  await floor.drop('1-2 b.pdf', pdfBytes(2));
  await floor.untilStatus('1-2', 'InHotFolder');
  await cp(hotFolders, `${hotFolders} backup`, { recursive: true });
  await rm(join(`${hotFolders} backup`, 'press-1', '1-1 a.pdf'));
  await rename(hotFolders, `${hotFolders} lost`);
  await rename(`${hotFolders} backup`, hotFolders);
  await until(async () => (await attention('1-1'))?.[0] === 'OutOfSight', 'a person is asked');
  await ready();
  expect((await floor.job('1-2'))?.status).toBe('InHotFolder');
  await rm(join(floor.press, '1-2 b.pdf'));
  await floor.untilStatus('1-2', 'InProduction');
  expect((await floor.history((await floor.job('1-1'))?.id ?? 0)).map(({ code }) => code)).not.toContain('InProduction');
});
