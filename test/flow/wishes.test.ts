/** A person said "send", and before the file was gone something else was said. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let actions = 0;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const ask = async (path: string, body: object) =>
  floor.ask('POST', `/jobs/${(await floor.job('1-1'))?.id}/${path}`, { actionId: `wish-${actions++}-x`, ...body });
const pause = (paused: boolean) => floor.ask('PATCH', '/hot-folders/1', { paused });
const states = async () => (await floor.job('1-1'))?.deliveries.map(({ state }) => state);

/** What was queued before had its turn. */
async function untilAnotherWent(): Promise<void> {
  await pause(false);
  await floor.drop('2-1 marker.pdf', pdfBytes(77));
  await floor.untilStatus('2-1', 'InHotFolder');
}

it('what was printed and is sent again by mistake is not printed twice when the mistake is taken back', async () => {
  for (const name of ['Done', 'Failed']) await mkdir(join(floor.press, name));
  await floor.ask('PATCH', '/hot-folders/1', { outcome: { kind: 'named', done: 'Done', failed: 'Failed' } });
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'InHotFolder');
  await rename(join(floor.press, '1-1 a.pdf'), join(floor.press, 'Done', '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'Printed');
  await pause(true);
  expect((await ask('deliver', { reason: 'the wrong job' })).status).toBe(200);
  const seq = (await floor.job('1-1'))?.tracks.custom?.seq ?? 0;
  expect((await ask('undo', { seq })).status).toBe(200);
  expect(await floor.job('1-1')).toMatchObject({ status: 'Printed' });
  expect(await states()).toEqual(['printed', 'cancelled']);
  const said = (await floor.history((await floor.job('1-1'))?.id ?? 0)).map(({ reason }) => reason);
  expect(said).toContain('What was to be sent again and is not at a printer yet stays here.');
  await untilAnotherWent();
  expect(Object.keys(await filesBelow(floor.press))).not.toContain('1-1 a.pdf');
});

it('artwork that is to be made again is not printed because somebody had sent it before', async () => {
  await pause(true);
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await floor.untilStatus('1-1', 'OutputCreated');
  expect((await ask('deliver', { reason: 'now' })).status).toBe(200);
  expect((await ask('status', { code: 'RecreationRequested', reason: 'the logo is wrong' })).status).toBe(200);
  await untilAnotherWent();
  expect(await states()).toEqual(['cancelled', 'waiting']);
  expect(Object.keys(await filesBelow(floor.press))).not.toContain('1-1 a.pdf');
  // Taken back, it goes like any other.
  const seq = (await floor.job('1-1'))?.tracks.output?.seq ?? 0;
  expect((await ask('undo', { seq })).status).toBe(200);
  await floor.untilStatus('1-1', 'InHotFolder');
});
