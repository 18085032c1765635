/** What waits for a hot folder, and what is held with its job, are told apart; who paused it is known. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

it('a file of a blocked job waits for its job and not for the hot folder, until it is released', async () => {
  const counts = async () => {
    const [folder] = (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items;
    return [folder?.queued, folder?.held];
  };
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  for (const number of ['1-1', '1-2']) await floor.drop(`${number} a.pdf`, pdfBytes(Number(number.slice(2))));
  await until(async () => (await counts()).join() === '2,0', 'both wait');
  const { id = 0 } = (await floor.job('1-2')) ?? {};
  const said = await floor.ask<{ event: { seq: number } }>('POST', `/jobs/${id}/status`, {
    code: 'Blocked',
    reason: 'wrong paper',
    actionId: 'block-1',
  });
  expect(await counts()).toEqual([2, 1]);
  await floor.ask('POST', `/jobs/${id}/undo`, { seq: said.body.event.seq, actionId: 'release-1' });
  expect(await counts()).toEqual([2, 0]);
});

it('who paused a hot folder first is known, also after a restart, until it goes on', async () => {
  const pausedBy = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items[0]?.pausedBy;
  const before = Date.now();
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  const first = await pausedBy();
  expect(first?.actor).toBe('admin');
  expect(Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(before);
  await floor.ask('PATCH', '/hot-folders/1', { paused: true, takenAfterMs: 300 });
  await floor.restart();
  expect(await pausedBy()).toEqual(first);
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  expect(await pausedBy()).toBeNull();
});
