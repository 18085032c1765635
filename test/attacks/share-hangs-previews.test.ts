/** A share hangs while files lie there that are not filed yet, and people look at them: no thread of the hub waits for the share, and the floor goes on. */
import { rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import type { Disks } from '../../electron/hub/disk/disks.ts';
import { found } from '../../electron/hub/disk/fault.ts';
import type { OpenDisk } from '../../electron/hub/disk/open-disk.ts';
import { type FileAway, openKeptFiles } from '../../electron/hub/kept-files.ts';
import { said } from '../../shared/words/say.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { until } from '../until.ts';

const content = Buffer.from('%PDF what lies on the share');
let bed: Bed | null = null;
afterEach(async () => {
  await bed?.stop();
  bed = null;
});

/** A file on record at a place where the hub itself would find nothing. */
async function startOnShare(
  away: FileAway,
): Promise<{ readonly bed: Bed; readonly get: (headers?: Record<string, string>) => Promise<Response> }> {
  const started = await startBed({ kept: { away: async () => away } });
  bed = started;
  const jobId = await started.addJob('8001');
  await fetch(`${started.url}/api/jobs/${jobId}/files?name=x.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${started.adminToken}` },
    body: content,
  });
  const [file] = await started.store.read.files(jobId);
  await rm(file?.sourcePath ?? '');
  const url = `${started.url}/api/jobs/${jobId}/files/${file?.id}`;
  return { bed: started, get: (headers = {}) => fetch(url, { headers: { authorization: `Bearer ${started.stationToken}`, ...headers } }) };
}
const stamp = { size: content.length, mtimeMs: 1, ino: '7' };
const partOf = (bytes: Buffer) => async (_stamp: unknown, at: number, length: number) => bytes.subarray(at, at + Math.min(length, 10));

test('the share answers: its file is read by its own process, and sent whole', async () => {
  const { get } = await startOnShare({ stamp: async () => stamp, part: partOf(content) });
  for (const headers of [{}, { range: 'bytes=2-4' }]) {
    const answer = await get(headers);
    expect([answer.status, answer.headers.get('accept-ranges'), Buffer.from(await answer.arrayBuffer())]).toEqual([200, 'none', content]);
  }
});

test('what lies there is something else of the same size: it never comes to its end', async () => {
  const { bed, get } = await startOnShare({ stamp: async () => stamp, part: partOf(Buffer.from(content).fill('x', 4)) });
  await expect(get().then((answer) => answer.arrayBuffer())).rejects.toThrow();
  expect(bed.reported).toEqual([]);
});

test('it hangs, before or in the middle: who asks is told, others are answered, and the record is written', async () => {
  let asked = 0;
  const { bed, get } = await startOnShare({
    stamp: async () => {
      asked += 1;
      if (asked > 8) throw found('ShareHangs', said('found.closing'), '//nas');
      return stamp;
    },
    part: () => new Promise(() => undefined),
  });
  for (let at = 0; at < 8; at++) void get().catch(() => undefined);
  await until(() => asked === 8, 'all of them wait for its bytes');
  const answer = await get();
  expect([answer.status, await answer.json()]).toEqual([
    422,
    expect.objectContaining({ message: expect.stringContaining('does not give it') }),
  ]);
  expect((await bed.call('POST', '/api/jobs', { order: '8002' })).status).toBe(201);
  expect((await bed.call('GET', '/api/health')).status).toBe(200);
});

test('which process reads it: that of the share, also where the folder is watched no more; here alone the hub opens it itself', async () => {
  const asked: string[] = [];
  const diskOf = (name: string) =>
    ({
      inspect: async (path: string) => {
        asked.push(`${name} reads ${path}`);
        return { ...stamp, sha256: null };
      },
      stampsOf: async () => [stamp],
    }) as unknown as OpenDisk;
  const disks = {
    local: diskOf('local'),
    of: (place: { path: string }) => diskOf(place.path),
    whereIs: async (path: string) => ({ path, server: null, location: path.startsWith('/mnt/') ? 'network' : 'local' }),
  } as unknown as Disks;
  const kept = openKeptFiles({ disks, incoming: () => [{ path: '/srv/in', location: 'network' }] });
  const isAway = async (path: string): Promise<boolean> => (await kept.away(path)) !== null;
  expect([await isAway('/srv/in/a/x.pdf'), await isAway('/mnt/old/x.pdf'), await isAway('/srv/archive/x.pdf')]).toEqual([
    true,
    true,
    false,
  ]);
  for (const path of ['/srv/in/a/x.pdf', '/mnt/old/x.pdf', '/srv/archive/x.pdf']) await kept.contentOf(path);
  expect(asked).toEqual(['/srv/in reads /srv/in/a/x.pdf', '/mnt/old reads /mnt/old/x.pdf', 'local reads /srv/archive/x.pdf']);
});
