/** Somebody adds to one job for ever, a piece at a time, each within the limits: it never grows so large that reading it costs everybody. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordFile } from '../../electron/hub/flow/file-in.ts';
import type { FlowParts } from '../../electron/hub/flow/flow-parts.ts';
import { mostOfJob } from '../../shared/ticket.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { addJob, newFile, noon, openFresh } from '../hub/store/fresh-store.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
}, 30_000);
afterAll(() => floor.close());

const names = (from: number) => Array.from({ length: 400 }, (_, at) => `f${from + at}.pdf`);
const attributes = (from: number) => Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`a${from + at}`, 'x']));
const post = async (ticket: unknown): Promise<unknown[]> => {
  const { status, body } = await floor.ask<{ message?: string; reasonCode?: string }>('POST', '/jobs', ticket);
  return status === 201 ? [status] : [status, body.message, body.reasonCode];
};

it('by the names and the attributes of its tickets, from a station or a folder', async () => {
  for (const from of [0, 400]) expect(await post({ order: '1', files: names(from) })).toEqual([201]);
  expect(await post({ order: '1', files: names(800) })).toEqual([422, '1-1 would have more than 1000 names of files.', 'JobTooLarge']);
  expect(await post({ order: '1', attributes: attributes(0) })).toEqual([201]);
  expect(await post({ order: '1', attributes: attributes(300) })).toEqual([422, '1-1 would have more than 500 attributes.', 'JobTooLarge']);
  // What it has already is no growth.
  expect(await post({ order: '1', files: names(400), attributes: attributes(0) })).toEqual([201]);
  await floor.drop('more.json', JSON.stringify({ order: '1', files: names(800) }));
  const rejected = await until(async () => (await floor.arrivals('rejected'))[0], 'the ticket is turned away');
  expect(rejected).toMatchObject({ reasonCode: 'JobTooLarge', detail: '1-1 would have more than 1000 names of files.' });
  expect(await floor.job('1-1')).toMatchObject({ attributes: attributes(0) });
  // Others come in as ever.
  await floor.drop('2-1 x.pdf', pdfBytes(1));
  await until(() => floor.job('2-1'), 'another arrives');
});

it('by one of a list: those before it stay, and the list says how many they are', async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ order: String(500 + at), files: [] as string[] }));
  await floor.drop('list.json', JSON.stringify([...many, { order: '1', files: names(800) }]));
  const rejected = await until(
    async () => (await floor.arrivals('rejected')).find(({ name }) => name === 'list.json'),
    'the list is turned away',
  );
  const taken = Number(/^(\d+) of the 61 jobs of this list are on record/.exec(rejected.detail ?? '')?.[1]);
  expect(rejected.detail).toContain('1-1 would have more than 1000 names of files.');
  const onRecord = (await Promise.all(many.map(({ order }) => floor.job(`${order}-1`)))).filter((job) => job !== undefined);
  expect([taken, taken > 0]).toEqual([onRecord.length, true]);
});

it('by its files and their versions', async () => {
  const store = await openFresh();
  const jobId = await addJob(store, '3');
  await store.write(async (tx) => {
    for (let at = 0; at < mostOfJob.files; at += 1)
      await tx.addFile(newFile(jobId, `f${at}.pdf`, { sha256: String(at).padStart(64, '0') }));
  });
  const settings = await store.read.settings();
  const parts: Partial<FlowParts> = { store, now: () => noon, floor: () => ({ rules: [], hotFolders: [], settings }) };
  const file = {
    name: '3-1 more.pdf',
    path: '/incoming/3-1 more.pdf',
    folderPath: '/incoming',
    stamp: { size: 1, mtimeMs: 1, ino: '1' },
    sha256: 'e'.repeat(64),
    type: 'pdf',
    target: { kind: 'job', jobId },
    mover: { kind: 'person', actor: 'Press 1', station: 'Press 1', isAdmin: false },
    arrivalId: null,
  } as const;
  await expect(store.write((tx) => recordFile(tx, parts as FlowParts, file, noon))).rejects.toMatchObject({
    message: '3-1 would have more than 1000 files, older versions among them.',
    more: { reasonCode: 'JobTooLarge' },
  });
});
