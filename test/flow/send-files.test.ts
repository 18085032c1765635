/** A person sends a job, or just some files of it. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let failing: Failing = () => null;
let actions = 0;
beforeEach(async () => {
  failing = () => null;
  floor = await openFloor(failWhere(() => failing));
});
afterEach(() => floor.close());

const send = async (body: object = {}) =>
  floor.ask('POST', `/jobs/${(await floor.job('1-1'))?.id}/deliver`, { reason: 'again', actionId: `send-${actions++}-x`, ...body });
const states = (job: Job | undefined) => job?.deliveries.map(({ name, state }) => `${name} ${state}`);
const untilStates = (...wanted: readonly string[]) =>
  until(async () => (states(await floor.job('1-1')) ?? []).join() === wanted.join(), `the deliveries are ${wanted.join()}`);

async function twoFiles(): Promise<void> {
  await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.pdf'] });
  await floor.drop('a.pdf', pdfBytes(1));
  await floor.drop('b.pdf', pdfBytes(2));
}

describe('sending a job of two files', () => {
  it('of which one failed sends that one, not the other again', async () => {
    failing = ({ call, args }) => (call === 'publish' && `${args[1]}`.endsWith('b.pdf') ? 'ENAMETOOLONG' : null);
    await twoFiles();
    await until(
      async () => (states(await floor.job('1-1')) ?? []).toSorted().join() === 'a.pdf delivered,b.pdf failed',
      'one lies there, one failed',
    );
    await rm(join(floor.press, 'a.pdf'));
    await until(async () => (states(await floor.job('1-1')) ?? []).includes('a.pdf taken'), 'the printer took one');
    failing = () => null;
    expect((await send()).status).toBe(200);
    await until(async () => Object.keys(await filesBelow(floor.press)).join() === 'b.pdf', 'the other lies there');
    expect((await floor.job('1-1'))?.deliveries.filter(({ name }) => name === 'a.pdf')).toHaveLength(1);
  });

  it('of which all were delivered sends the whole job again', async () => {
    await twoFiles();
    await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both lie there');
    await until(async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'delivered').length === 2, 'on record');
    for (const name of ['a.pdf', 'b.pdf']) await rm(join(floor.press, name));
    await until(async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'taken').length === 2, 'both are taken');
    expect((await send()).status).toBe(200);
    await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both lie there again');
  });

  it('whose files go to two presses sends each again where the rules say', async () => {
    const path = join(floor.places.hotFolders, 'press-2');
    await mkdir(path, { recursive: true });
    const { body: second } = await floor.ask<{ id: number }>('POST', '/hot-folders', { name: 'press-2', path, types: [] });
    await floor.ask('PATCH', '/hot-folders/1', { types: [] });
    await floor.ask('POST', '/rules', { name: 'PostScript', position: 0, hotFolderId: second.id, conditions: { type: ['ps'] } });
    await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.ps'] });
    await floor.drop('a.pdf', pdfBytes(1));
    await floor.drop('b.ps', '%!PS-Adobe-3.0\nshowpage\n%%EOF\n');
    const names = async (folder: string) => Object.keys(await filesBelow(folder)).join();
    const bothLie = async () => (await names(floor.press)) === 'a.pdf' && (await names(path)) === 'b.ps';
    await until(bothLie, 'each lies at its press');
    await until(async () => (await floor.job('1-1'))?.deliveries.every(({ state }) => state === 'delivered') === true, 'on record');
    await rm(join(floor.press, 'a.pdf'));
    await rm(join(path, 'b.ps'));
    await until(async () => (await floor.job('1-1'))?.deliveries.every(({ state }) => state === 'taken') === true, 'both are taken');
    expect((await send()).status).toBe(200);
    await until(bothLie, 'each lies at its press again');
  });

  it('sends just the files named', async () => {
    await twoFiles();
    await until(
      async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'delivered').length === 2,
      'both lie there',
    );
    for (const name of ['a.pdf', 'b.pdf']) await rm(join(floor.press, name));
    await until(async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'taken').length === 2, 'both are taken');
    const file = (await floor.job('1-1'))?.files.find(({ name }) => name === 'b.pdf');
    expect((await send({ fileIds: [file?.id] })).status).toBe(200);
    await until(async () => Object.keys(await filesBelow(floor.press)).join() === 'b.pdf', 'just that one lies there');
    expect((await floor.job('1-1'))?.deliveries.map(({ send }) => send)).toEqual([1, 1, 2]);
    expect((await send({ fileIds: [9999] })).status).toBe(400);
  });
});

describe('two files of one job with one name in the hot folder', () => {
  it('both go, the second with a number', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { template: '{order}_{job}' });
    await twoFiles();
    await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both lie there');
    const files = await filesBelow(floor.press);
    expect(Object.keys(files).sort()).toEqual(['1_1 (1-1).pdf', '1_1.pdf']);
    expect(new Set(Object.values(files)).size).toBe(2);
    expect((await floor.job('1-1'))?.attention).toEqual([]);
  });
});

describe('a job whose files go to two presses', () => {
  const second = () => join(floor.places.hotFolders, 'press-2');
  const at = async (folder: number | string, more = '') =>
    (await floor.ask<{ items: Job[] }>('GET', `/jobs?hotFolder=${folder}${more}`)).body.items.map(({ number }) => number);

  async function twoPresses(): Promise<number> {
    await mkdir(second(), { recursive: true });
    await floor.ask('PATCH', '/hot-folders/1', { types: [] });
    const { id } = await floor.addFolder({ name: 'press-2', path: second(), types: [] });
    await floor.ask('POST', '/rules', { name: 'PostScript', position: 0, hotFolderId: id, conditions: { type: ['ps'] } });
    await floor.drop('2-1 other.pdf', pdfBytes(9));
    await floor.untilStatus('2-1', 'InHotFolder');
    await floor.ask('POST', '/jobs', { order: '1', job: '1', files: ['a.pdf', 'b.ps'] });
    await floor.drop('a.pdf', pdfBytes(1));
    await floor.drop('b.ps', '%!PS-Adobe-3.0\nshowpage\n%%EOF\n');
    await until(
      async () => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state === 'delivered').length === 2,
      'both lie there',
    );
    return id;
  }

  it('is in the queue of each, and of one it has left no more', async () => {
    const id = await twoPresses();
    expect([await at(1), await at(id), await at('press-2', '&stage=queue&order=oldest')]).toEqual([['1-1', '2-1'], ['1-1'], ['1-1']]);
    const file = (await floor.job('1-1'))?.files.find(({ name }) => name === 'b.ps');
    await send({ fileIds: [file?.id], hotFolderId: 1, force: true });
    expect([await at(1), await at(id)]).toEqual([['1-1', '2-1'], []]);
  });

  it('is found by pages at either, each once', async () => {
    const id = await twoPresses();
    await floor.drop('3-1 more.ps', '%!PS-Adobe-3.0\n% more\nshowpage\n%%EOF\n');
    await floor.untilStatus('3-1', 'InHotFolder');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Job[]; next: string | null } = (
        await floor.ask<{ items: Job[]; next: string | null }>(
          'GET',
          `/jobs?hotFolder=${id}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
      ).body;
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.next;
    }
    expect(seen).toEqual(['3-1', '1-1']);
  });
});

describe('an order that nobody agreed to', () => {
  it('is sent by no station and no admin, to no printer', async () => {
    await floor.ask('POST', '/jobs', { order: '1', job: '1', approval: 'required', files: ['a.pdf'] });
    await floor.drop('a.pdf', pdfBytes(1));
    await until(async () => (await floor.job('1-1'))?.files.length === 1, 'its file is there');
    const path = join(floor.dataPath, 'other', 'press');
    await mkdir(path, { recursive: true });
    const other = await floor.addFolder({ name: 'Press 2', path });
    expect((await send({ hotFolderId: other.id })).status).toBe(422);
    expect((await send()).status).toBe(422);
    expect((await floor.job('1-1'))?.deliveries).toEqual([]);
  });
});

it('a person who sends what waits sends it once', async () => {
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'OutputCreated');
  await send();
  await send();
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  await untilStates('1-1 a.pdf cancelled', '1-1 a.pdf cancelled', '1-1 a.pdf delivered');
});
