/** Two people at one press, and jobs of several files: nobody sends twice, or says of all what is true of one, without being asked. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.ask('PATCH', '/hot-folders/1', { takenAfterMs: 200 });
});
afterEach(() => floor.close());

type Refused = { readonly rule?: string; readonly mayInsist?: boolean; readonly by?: string };
const send = async (id: number, actionId: string, more: object = {}) =>
  await floor.ask<Refused>('POST', `/jobs/${id}/deliver`, { reason: 'the sheet is spoilt', actionId, ...more });
const sends = async (): Promise<number> => (await floor.job('1-1'))?.deliveries.filter(({ state }) => state !== 'cancelled').length ?? 0;

describe('send again', () => {
  it('pressed by a second person while the first one has just sent it is asked about, and goes when that is meant', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const { id } = await floor.untilStatus('1-1', 'InHotFolder');
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
    expect((await send(id, 'first')).status).toBe(200);
    await floor.untilStatus('1-1', 'InHotFolder');
    const second = await send(id, 'second');
    expect(second).toMatchObject({ status: 409, body: { rule: 'sentAlready', mayInsist: true, by: 'admin' } });
    expect((await send(id, 'first')).status).toBe(200);
    expect(await sends()).toBe(2);
    expect((await send(id, 'third', { force: true })).status).toBe(200);
    await until(async () => (await sends()) === 3, 'the third is planned');
  });

  it('while the first copy still lies in the hot folder is asked about: it would come out twice', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const { id } = await floor.untilStatus('1-1', 'InHotFolder');
    expect(await send(id, 'once-more')).toMatchObject({ status: 422, body: { rule: 'liesThere', mayInsist: true } });
    expect(await sends()).toBe(1);
    expect((await send(id, 'all-the-same', { force: true })).status).toBe(200);
    await until(async () => (await sends()) === 2, 'the second waits for the first');
  });

  it('to another press while the file lies at the first is asked about', async () => {
    const path = join(floor.places.hotFolders, 'press-2');
    await mkdir(path, { recursive: true });
    const other = await floor.addFolder({ name: 'press-2', path });
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const { id } = await floor.untilStatus('1-1', 'InHotFolder');
    expect(await send(id, 'there', { hotFolderId: other.id })).toMatchObject({
      status: 422,
      body: { rule: 'liesElsewhere', mayInsist: true },
    });
    expect(await filesBelow(path)).toEqual({});
    expect((await send(id, 'there-all-the-same', { hotFolderId: other.id, force: true })).status).toBe(200);
    await until(async () => Object.keys(await filesBelow(path)).length === 1, 'it goes there too');
  });
});

it('the answer to a Send again stands, also where the hot folder it named is gone since', async () => {
  const path = join(floor.places.hotFolders, 'press-2');
  await mkdir(path, { recursive: true });
  const other = await floor.addFolder({ name: 'press-2', path, takenAfterMs: 200 });
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  await rm(join(floor.press, '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
  expect((await send(id, 'there', { hotFolderId: other.id })).status).toBe(200);
  await floor.untilStatus('1-1', 'InHotFolder');
  await rm(join(path, '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
  expect((await floor.ask('DELETE', `/hot-folders/${other.id}`)).status).toBe(200);
  expect((await send(id, 'there', { hotFolderId: other.id })).status).toBe(200);
  expect(await sends()).toBe(2);
});

it('what was to go there for the first time, and went to a printer meanwhile, is asked about and comes out once', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  await rm(join(floor.press, '1-1 a.pdf'));
  await floor.untilStatus('1-1', 'InProduction');
  const files = (await floor.job('1-1'))?.files.map((file) => file.id);
  for (const fileIds of [undefined, files]) {
    const refused = await send(id, `first ${fileIds}`, { unsent: true, hotFolderId: 1, fileIds });
    expect(refused).toMatchObject({ status: 409, body: { rule: 'sentMeanwhile', mayInsist: true } });
  }
  expect(await sends()).toBe(1);
  expect((await send(id, 'meant', { unsent: true, hotFolderId: 1, force: true })).status).toBe(200);
  expect(await sends()).toBe(2);
});

it('of a version that was the newest when somebody read it is refused in words for whoever stands there, once a newer one has come', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  const { id, files } = await floor.untilStatus('1-1', 'InHotFolder');
  await floor.drop('1-1 a.pdf', pdfBytes(2));
  await until(async () => (await floor.job('1-1'))?.files.length === 2, 'the newer one is there');
  const refused = await send(id, 'spoilt', { fileIds: files.map((file) => file.id) });
  expect(refused).toMatchObject({
    status: 422,
    body: { rule: 'replacedMeanwhile', mayInsist: false, message: 'A newer version of the file has come meanwhile.' },
  });
  expect(await send(id, 'made up', { fileIds: [9999] })).toMatchObject({ status: 400 });
});

it('to the press the rules choose now, while the file lies at the one before, is asked about', async () => {
  const path = join(floor.places.hotFolders, 'press-2');
  await mkdir(path, { recursive: true });
  const other = await floor.addFolder({ name: 'press-2', path });
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  await floor.ask('POST', '/rules', { name: 'All to 2', position: 0, hotFolderId: other.id });
  expect(await send(id, 'there')).toMatchObject({ status: 422, body: { rule: 'liesElsewhere' } });
  expect((await floor.ask('DELETE', '/hot-folders/1')).status).toBe(200);
  expect(await send(id, 'named')).toMatchObject({ status: 422, body: { message: 'The file still lies in the hot folder press-1.' } });
});

it('Printed, said while one of its files still waits, is asked about, and sends that one no more only when that is meant', async () => {
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  const { id } = await floor.untilStatus('1-1', 'InHotFolder');
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  await floor.drop('1-1 b.pdf', pdfBytes(2));
  await until(async () => (await floor.job('1-1'))?.deliveries.length === 2, 'the second waits');
  const printed = { code: 'Printed', actionId: 'printed' };
  const refused = await floor.ask<Refused>('POST', `/jobs/${id}/status`, printed);
  expect(refused).toMatchObject({ status: 422, body: { rule: 'notAllSent', mayInsist: true } });
  const said = await floor.ask('POST', `/jobs/${id}/status`, { ...printed, actionId: 'all', force: true, reason: 'one is enough' });
  expect(said.status).toBe(200);
  expect((await floor.job('1-1'))?.deliveries.map(({ state }) => state).sort()).toContain('cancelled');
});
