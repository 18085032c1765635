/** The program dies between moving a file aside and noting where: nothing lies there unasked and untold. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskAnswer, DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

/** Moves into this folder are made, and nobody hears of it: as the hub that dies in that moment. */
let unheard: string | null = null;
const muffled: ForkDisk = (label) => {
  const port = forkDiskProcess(label);
  const lost = new Set<number>();
  return {
    ...port,
    send: (message) => {
      const { id, call, args } = message as DiskRequest;
      if (unheard !== null && call === 'moveFile' && String(args[1]).startsWith(unheard)) lost.add(id);
      port.send(message);
    },
    onMessage: (listener) =>
      port.onMessage((message) => {
        const { id, kind } = message as DiskAnswer;
        if (kind !== 'done' || !lost.has(id)) listener(message);
      }),
  };
};

let floor: Floor;
beforeEach(async () => {
  unheard = null;
  floor = await openFloor(muffled);
});
afterEach(() => floor.close());

/** Once it lies there, the hub is ended, and starts anew. */
async function dieOnceIn(folder: string, name: string): Promise<void> {
  await until(async () => Object.keys(await filesBelow(folder).catch(() => ({}))).includes(name), `${name} is moved`);
  unheard = null;
  await floor.restart();
}

it('a file put aside is asked about where it lies, and answered it is printed', async () => {
  const asked = join(floor.places.work, 'asked');
  await floor.drop('two.csv', 'order;job;files\n2072;1;artwork.pdf\n2073;1;artwork.pdf\n');
  await floor.untilStatus('2073-1', 'AwaitingData');
  unheard = asked;
  await floor.drop('artwork.pdf', pdfBytes(1));
  await dieOnceIn(asked, 'artwork.pdf');
  const [arrival] = await until(async () => {
    const found = await floor.arrivals('asked');
    return found[0]?.path === join(asked, 'artwork.pdf') ? found : null;
  }, 'the question says where it lies');
  const jobId = (await floor.job('2073-1'))?.id;
  expect((await floor.ask('POST', `/arrivals/${arrival?.id}/answer`, { jobId, actionId: 'answer' })).status).toBe(200);
  await floor.untilStatus('2073-1', 'InHotFolder');
});

it('of two of one name and content each has its question, and each is found', async () => {
  const asked = join(floor.places.work, 'asked');
  await floor.drop('two.csv', 'order;job;files\n2072;1;artwork.pdf\n2073;1;artwork.pdf\n');
  await floor.untilStatus('2073-1', 'AwaitingData');
  await floor.drop('artwork.pdf', pdfBytes(1));
  await until(async () => (await floor.arrivals('asked'))[0]?.path === join(asked, 'artwork.pdf'), 'the first is kept');
  unheard = asked;
  await mkdir(join(floor.places.incoming, 'again'));
  await writeFile(join(floor.places.incoming, 'again', 'artwork.pdf'), pdfBytes(1));
  await dieOnceIn(asked, 'artwork (2).pdf');
  const paths = await until(async () => {
    const found = (await floor.arrivals('asked')).map(({ path }) => path);
    return found.includes(join(asked, 'artwork (2).pdf')) ? found : null;
  }, 'the second is found');
  expect(paths.sort()).toEqual([join(asked, 'artwork (2).pdf'), join(asked, 'artwork.pdf')]);
});

it('an upload that was dealt with and not put away goes to its place at the next start', async () => {
  await floor.drop('2074-1 artwork.pdf', pdfBytes(1));
  const { id } = await floor.untilStatus('2074-1', 'InHotFolder');
  const duplicates = join(floor.places.archive, 'duplicates');
  unheard = duplicates;
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(pdfBytes(1))]), 'again.pdf');
  const headers = { authorization: `Bearer ${floor.hub().token}` };
  const upload = fetch(`${floor.hub().url}/api/jobs/${id}/files`, { method: 'POST', headers, body: form }).catch(() => null);
  await until(async () => Object.keys(await filesBelow(duplicates).catch(() => ({}))).length > 0, 'it is moved');
  unheard = null;
  await floor.restart();
  await upload;
  await until(async () => (await floor.arrivals('duplicate'))[0]?.path?.startsWith(duplicates), 'it is known where it lies');
});

it('a file turned away has its word and its reason beside it', async () => {
  unheard = floor.places.rejected;
  await floor.drop('notes.docx', 'no print file');
  await dieOnceIn(floor.places.rejected, 'notes.docx');
  await until(async () => 'notes.docx.reason.txt' in (await filesBelow(floor.places.rejected)), 'the reason lies beside it');
  // Written down after the reason is there.
  const lies = join(floor.places.rejected, 'notes.docx');
  await until(async () => (await floor.arrivals('rejected'))[0]?.path === lies, 'it is known where it lies');
  expect((await floor.arrivals('rejected')).map(({ name }) => name)).toEqual(['notes.docx']);
});
