/** What cannot be read, cannot be moved or lies too deep is told once, and never dealt with twice. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ForkDisk } from '../../electron/hub/disk/fork.ts';
import { forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskAnswer, DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

/** Calls on these paths are refused, as a folder without rights refuses them (the tests may run as root, whom nothing is refused). */
const refused = new Map<string, readonly string[]>();
const refusing: ForkDisk = (label) => {
  const port = forkDiskProcess(label);
  const listeners: ((message: unknown) => void)[] = [];
  return {
    ...port,
    send: (message) => {
      const { id, call, args } = message as DiskRequest;
      if (refused.get(call)?.some((path) => `${args[0]}`.startsWith(path)) !== true) return port.send(message);
      const answer = { id, kind: 'failed', code: 'EACCES', message: 'permission denied', path: `${args[0]}` } satisfies DiskAnswer;
      queueMicrotask(() => {
        for (const listener of listeners) listener(answer);
      });
    },
    onMessage: (listener) => {
      listeners.push(listener);
      port.onMessage(listener);
    },
  };
};

let floor: Floor;
beforeEach(async () => {
  refused.clear();
  floor = await openFloor(refusing);
});
afterEach(() => floor.close());

const notices = async (code: string) => (await floor.arrivals('rejected')).filter((arrival) => arrival.reasonCode === code);

it('a file that was unreadable is taken within seconds once it can be read, and its notice is done with', async () => {
  const path = join(floor.places.incoming, '3001-1 Scan.pdf');
  refused.set('inspect', [path]);
  await writeFile(path, pdfBytes(1));
  await until(async () => (await notices('Unreadable')).length === 1, 'it is told');
  expect((await notices('Unreadable'))[0]).toMatchObject({ seen: false, path });
  await floor.restart();
  // Something else comes meanwhile, looks pass: it is told once.
  await floor.drop('3002-1 other.pdf', pdfBytes(2));
  await floor.untilStatus('3002-1', 'InHotFolder');
  expect(await notices('Unreadable')).toHaveLength(1);
  refused.clear();
  await floor.untilStatus('3001-1', 'InHotFolder');
  expect((await notices('Unreadable'))[0]?.seen).toBe(true);
});

it('a ticket that cannot be moved away is taken once, with one notice, and undoes no correction', async () => {
  const folder = join(floor.places.incoming, 'ro');
  refused.set('moveFile', [folder]);
  await mkdir(folder);
  await writeFile(join(folder, '3005.json'), '{"order":"3005","title":"RO"}');
  await writeFile(join(folder, 'notes.docx'), 'note');
  await until(async () => (await floor.job('3005-1'))?.title === 'RO', 'the ticket is taken');
  await floor.drop('3005b.json', '{"order":"3005","title":"RO corrected","quantity":250}');
  await until(async () => (await floor.job('3005-1'))?.quantity === 250, 'the correction is taken');
  await until(async () => (await floor.arrivals('rejected')).some((arrival) => arrival.name === 'notes.docx'), 'the foreign file is told');
  await floor.restart();
  // Longer than it took to offer a file again.
  await floor.drop('3006-1 other.pdf', pdfBytes(2));
  await floor.untilStatus('3006-1', 'InHotFolder');
  await new Promise((resolve) => setTimeout(resolve, 6000));
  expect((await floor.job('3005-1'))?.title).toBe('RO corrected');
  expect(await floor.arrivals('ticket')).toHaveLength(2);
  expect((await floor.arrivals('rejected')).map((arrival) => arrival.name)).toEqual(['notes.docx']);
  // It can be moved after all: the next start puts it away.
  refused.clear();
  await floor.restart();
  await until(async () => (await floor.arrivals('ticket')).every((arrival) => arrival.path?.includes('archive')), 'it is filed');
  expect(await floor.arrivals('ticket')).toHaveLength(2);
});

it('a ticket in a sub-folder that cannot be looked into for a while is taken once', async () => {
  const folder = join(floor.places.incoming, 'ro');
  refused.set('moveFile', [folder]);
  await mkdir(folder);
  await writeFile(join(folder, '3015.json'), '{"order":"3015","title":"RO"}');
  await until(async () => (await floor.arrivals('ticket')).length === 1, 'the ticket is taken');
  refused.set('entries', [folder]);
  // Looked through twice meanwhile.
  for (const number of ['3016-1', '3017-1']) {
    await floor.drop(`${number} other.pdf`, pdfBytes(Number(number.slice(0, 4))));
    await floor.untilStatus(number, 'InHotFolder');
  }
  refused.delete('entries');
  for (const number of ['3018-1', '3019-1']) {
    await floor.drop(`${number} other.pdf`, pdfBytes(Number(number.slice(0, 4))));
    await floor.untilStatus(number, 'InHotFolder');
  }
  expect(await floor.arrivals('ticket')).toHaveLength(1);
});

it('a duplicate that cannot be moved away makes one event', async () => {
  await floor.drop('3007-1 a.pdf', pdfBytes(1));
  const job = await floor.untilStatus('3007-1', 'InHotFolder');
  refused.set('moveFile', [floor.places.incoming]);
  await floor.drop('3007-1 a.pdf', pdfBytes(1));
  await until(async () => (await floor.arrivals('duplicate')).length === 1, 'it is on record');
  await floor.restart();
  await new Promise((resolve) => setTimeout(resolve, 6000));
  expect(await floor.arrivals('duplicate')).toHaveLength(1);
  expect((await floor.history(job.id)).filter((event) => event.data['duplicate'] === true)).toHaveLength(1);
});

it('a file two levels down is told once, until it is there no more', async () => {
  const deep = join(floor.places.incoming, 'ord-2017', 'print');
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, '2017-1 Flyer.pdf'), pdfBytes(1));
  await until(async () => (await notices('TooDeep')).length === 1, 'it is told');
  expect((await notices('TooDeep'))[0]).toMatchObject({ name: 'print', path: deep, seen: false });
  await writeFile(join(deep, '2017-2 Flyer.pdf'), pdfBytes(2));
  await floor.restart();
  await floor.drop('3008-1 other.pdf', pdfBytes(3));
  await floor.untilStatus('3008-1', 'InHotFolder');
  expect(await notices('TooDeep')).toHaveLength(1);
  await rm(deep, { recursive: true });
  await until(async () => (await notices('TooDeep'))[0]?.seen === true, 'the notice is done with');
  await mkdir(deep);
  await chmod(deep, 0o755);
  await floor.drop('3009-1 other.pdf', pdfBytes(4));
  await floor.untilStatus('3009-1', 'InHotFolder');
  expect(await notices('TooDeep')).toHaveLength(1);
});

it('what is written over an original that cannot be moved, and another order waits for, is given to neither', async () => {
  refused.set('moveFile', [floor.places.incoming]);
  await floor.drop('cover.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'it is sent from where it lies');
  await floor.drop('list.csv', 'order;job;files\n3020;1;cover.pdf\n3021;1;cover.pdf\n');
  const lists = await until(async () => {
    const found = await floor.arrivals('asked');
    return found.length === 2 ? found : null;
  }, 'both orders are asked about');
  const other = lists.find(({ question }) => question?.newNumber === '3021-1');
  await floor.ask('POST', `/arrivals/${other?.id}/answer`, { jobId: 'new', actionId: 'not that one' });
  expect((await floor.job('3021-1'))?.missing).toEqual(['cover.pdf']);
  // Only now, so that the original is not filed just before it is written over.
  await floor.drop('cover.pdf', pdfBytes(2));
  refused.clear();
  const [asked] = await until(async () => {
    const found = (await floor.arrivals('asked')).filter(({ question }) => question?.about === 'file');
    return found.length > 0 ? found : null;
  }, 'it is asked about');
  expect(asked?.question?.candidates.map(({ number }) => number).sort()).toEqual(['3021-1', 'PF000001-1']);
  expect((await floor.jobs()).map(({ number, files }) => [number, files.length]).sort()).toEqual([
    ['3021-1', 0],
    ['PF000001-1', 1],
  ]);
});
