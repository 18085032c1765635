/** A folder that was named once, and no longer is, may lie where others write by now: a link in its place is followed no more than any other. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

const name = '1001-1 Secret.pdf';
const secret = pdfBytes(77);
let root = '';
let floor: Floor;
let armed = false;
let swaps = 0;
const at = (...names: string[]) => join(root, ...names);

/** What the hub lists is a folder; what it then looks into is a link, each time anew. */
const swapBefore = ({ call, args }: DiskRequest): void => {
  if (!armed || call !== 'entries') return;
  const isLink = lstatSync(at('in', 'a')).isSymbolicLink();
  if (args[0] === at('in') && isLink) {
    rmSync(at('in', 'a'));
    renameSync(at('was-a'), at('in', 'a'));
  } else if (args[0] === at('in', 'a') && !isLink) {
    renameSync(at('in', 'a'), at('was-a'));
    symlinkSync(at('others'), at('in', 'a'));
    swaps++;
  }
};
const fork: ForkDisk = (label) => {
  const port = forkDiskProcess(label);
  return {
    ...port,
    send: (message) => {
      swapBefore(message as DiskRequest);
      port.send(message);
    },
  };
};

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'printfloor-kept-')));
  for (const names of [['in'], ['in', 'a'], ['others']]) mkdirSync(at(...names));
  [armed, swaps] = [false, 0];
  floor = await openFloor(fork);
});
afterEach(async () => {
  await floor.close();
  await rm(root, { recursive: true, force: true });
});

it('a hot folder that was removed, in what is an incoming folder now', async () => {
  const { id } = await floor.addFolder({ name: 'A', path: at('in', 'a') });
  expect((await floor.ask('DELETE', `/hot-folders/${id}`)).status).toBeLessThan(300);
  writeFileSync(at('others', name), secret);
  armed = true;
  const incoming = [floor.places.incoming, at('in')].map((path) => ({ path, location: 'local' }));
  expect((await floor.ask('PATCH', '/settings', { incoming, confirm: true })).status).toBe(200);
  await until(() => swaps > 20, 'it has looked often enough to take the file', 20_000);
  await floor.drop('2002-1 Later.pdf', pdfBytes(2));
  await floor.untilStatus('2002-1', 'InHotFolder');
  expect(existsSync(at('others', name)) && readFileSync(at('others', name)).equals(secret)).toBe(true);
  const sha256 = createHash('sha256').update(secret).digest('hex');
  expect((await floor.jobs()).flatMap(({ files }) => files).filter((file) => file.sha256 === sha256)).toEqual([]);
});
