/** Hot folders that move, go and lose our own files: what was planned and what lies somewhere is kept with its place. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let other = '';
beforeEach(async () => {
  floor = await openFloor();
  other = join(floor.dataPath, 'other-share', 'press');
  await mkdir(other, { recursive: true });
});
afterEach(() => floor.close());

type Moved = HotFolder & { waiting?: number; message?: string };
const move = (body: object = {}) => floor.ask<Moved>('PATCH', '/hot-folders/1', { path: other, ...body });
const folder = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0];
const lies = async (path: string, name: string) => Object.keys(await filesBelow(path)).includes(name);

async function queue(...names: readonly string[]): Promise<void> {
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  for (const [index, name] of names.entries()) await floor.drop(name, pdfBytes(index + 1));
  for (const name of names) await floor.untilStatus(name.split(' ')[0] ?? '', 'OutputCreated');
}

describe('a hot folder whose path changes', () => {
  it('with nothing waiting just changes', async () => {
    expect((await move()).body.path).toBe(other);
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    expect(await lies(other, '1-1 a.pdf')).toBe(true);
  });

  it('with files waiting is refused with their number, until somebody says what becomes of them', async () => {
    await queue('1-1 a.pdf', '1-2 b.pdf');
    const refused = await move();
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ waiting: 2 });
    expect((await folder())?.path).toBe(floor.press);
  });

  it('and "stay" sends what waits where it was planned to go, and what comes later to the new path', async () => {
    await queue('1-1 a.pdf');
    expect((await move({ waiting: 'stay' })).status).toBe(200);
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'OutputCreated');
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    for (const number of ['1-1', '1-2']) await floor.untilStatus(number, 'InHotFolder');
    expect([await lies(floor.press, '1-1 a.pdf'), await lies(other, '1-2 b.pdf')]).toEqual([true, true]);
    expect([Object.keys(await filesBelow(floor.press)).length, Object.keys(await filesBelow(other)).length]).toEqual([1, 1]);
  });

  it('and "move" sends what waits to the new path', async () => {
    await queue('1-1 a.pdf', '1-2 b.pdf');
    expect((await move({ waiting: 'move' })).status).toBe(200);
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    for (const number of ['1-1', '1-2']) await floor.untilStatus(number, 'InHotFolder');
    expect(Object.keys(await filesBelow(other)).sort()).toEqual(['1-1 a.pdf', '1-2 b.pdf']);
    expect(await filesBelow(floor.press)).toEqual({});
  });

  it('makes no "taken" out of nothing: what lies delivered is watched where it lies, also after a restart', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    expect((await move()).status).toBe(200);
    await floor.restart();
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'InHotFolder');
    await rm(join(other, '1-2 b.pdf'));
    await floor.untilStatus('1-2', 'InProduction');
    expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
  });

  it('and comes back has one loop again, and sends nothing twice', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    await move();
    expect((await floor.ask('PATCH', '/hot-folders/1', { path: floor.press })).status).toBe(200);
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    const job = await floor.untilStatus('1-2', 'InHotFolder');
    expect((await floor.history(job.id)).filter(({ code }) => code === 'InHotFolder')).toHaveLength(1);
    expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['1-1 a.pdf', '1-2 b.pdf']);
  });
});

describe('what a blocked or rejected job has waiting', () => {
  const stop = async (number: string, code: string) => {
    const id = (await floor.job(number))?.id;
    const said = await floor.ask<{ event: { seq: number } }>('POST', `/jobs/${id}/status`, {
      code,
      reason: 'wrong paper',
      actionId: `${code} ${number}`,
    });
    return { id, seq: said.body.event.seq };
  };
  const undo = ({ id, seq }: { id: number | undefined; seq: number }) =>
    floor.ask('POST', `/jobs/${id}/undo`, { seq, actionId: `undo ${seq}` });

  it('keeps nobody from removing its hot folder, and asks where to go when the job goes on', async () => {
    await queue('1-1 a.pdf', '1-2 b.pdf');
    const stopped = [await stop('1-1', 'Blocked'), await stop('1-2', 'Rejected')];
    expect((await floor.ask('DELETE', '/hot-folders/1')).status).toBe(200);
    for (const one of stopped) await undo(one);
    for (const number of ['1-1', '1-2'])
      await until(async () => (await floor.job(number))?.attention[0]?.code === 'HotFolderGone', 'it says that the folder is gone');
    expect(await filesBelow(floor.press)).toEqual({});
  });

  it('keeps nobody from moving its hot folder, and goes to the new path when the job goes on', async () => {
    await queue('1-1 a.pdf', '1-2 b.pdf');
    const blocked = await stop('1-1', 'Blocked');
    expect((await move()).body).toMatchObject({ waiting: 1 });
    expect((await move({ waiting: 'stay' })).status).toBe(200);
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await floor.untilStatus('1-2', 'InHotFolder');
    await undo(blocked);
    await floor.untilStatus('1-1', 'InHotFolder');
    expect([await lies(floor.press, '1-2 b.pdf'), await lies(other, '1-1 a.pdf')]).toEqual([true, true]);
  });
});

describe('a hot folder that is removed', () => {
  it('is refused while files wait for it', async () => {
    await queue('1-1 a.pdf');
    expect((await floor.ask('DELETE', '/hot-folders/1')).status).toBe(409);
  });

  it('leaves what lies there watched, and what is planned after that says that it is gone', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    expect((await floor.ask('DELETE', '/hot-folders/1')).status).toBe(200);
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await until(async () => (await floor.job('1-2'))?.attention[0]?.code === 'HotFolderGone', 'it says that the folder is gone');
    expect((await floor.job('1-2'))?.deliveries).toEqual([]);
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
  });
});

describe('our own folder beside the hot folders', () => {
  const staging = () => join(floor.places.hotFolders, '.printfloor-staging');

  it('that was tidied away is made again, where the folder is the one we know', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    await rm(staging(), { recursive: true });
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'InHotFolder');
    expect((await readdir(staging())).length).toBeGreaterThan(0);
    await until(async () => (await folder())?.state === 'ready', 'the folder is ready');
  });

  it('that was tidied away is not made again beside another folder of that name', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    await rename(floor.press, `${floor.press}-away`);
    await mkdir(floor.press);
    await rm(staging(), { recursive: true });
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    // Which of the two depends on whether it looked before our folder was gone, or after.
    const words = ['NotTheShare', 'OtherFolder'];
    await until(async () => words.includes((await folder())?.reasonCode ?? ''), 'it says that it is not the folder');
    await floor.ask('POST', '/hot-folders/1/probe');
    expect((await folder())?.state).toBe('trouble');
    expect(await filesBelow(floor.press)).toEqual({});
  });

  it('on a share is said to be missing, and put back by whoever probes it', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { location: 'network' });
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    await rm(staging(), { recursive: true });
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    const troubled = await until(async () => {
      const now = await folder();
      return now?.reasonCode === 'MarkerGone' ? now : null;
    }, 'it says what is missing');
    expect(troubled.raw).toContain('.printfloor-staging');
    const probed = await floor.ask<HotFolder>('POST', '/hot-folders/1/probe');
    expect(probed.body.health?.ok).toBe(true);
    await floor.untilStatus('1-2', 'InHotFolder');
  });
});

it('what lies on a lost share asks at once when its hot folder moves away from there', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'InHotFolder');
  const problems = async (number: string) => (await floor.job(number))?.attention.map(({ code }) => code);
  await rename(floor.press, `${floor.press} lost`);
  await until(async () => (await folder())?.state === 'trouble', 'the folder is in trouble');
  expect(await problems('1-1')).toEqual([]);
  expect((await move()).status).toBe(200);
  expect(await problems('1-1')).toEqual(['OutOfSight']);
});
