/** A writer who has kept another name of a file he sent, or who writes into the archive: what is handed out as the file of a job is what is on record, or nothing. */
import { createHash } from 'node:crypto';
import { closeSync, linkSync, openSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenFile } from '../../electron/hub/disk/files.ts';
import { infoOf } from '../../electron/hub/disk/stamp.ts';
import { makeContentCheck } from '../../electron/hub/server/content-check.ts';
import type { Job } from '../../shared/job.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { startBed } from '../hub/server/bed.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const filed = async (number: string, name: string): Promise<{ job: Job; path: string }> => {
  const job = await floor.untilStatus(number, 'InHotFolder');
  const day = new Date();
  const folder = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
  const path = join(floor.places.archive, folder, name);
  await until(() => stat(path), 'it is filed');
  return { job, path };
};
const urlOf = ({ id, files }: Job) => `${floor.hub().url}/api/jobs/${id}/files/${files[0]?.id}`;
const get = (job: Job, headers: Record<string, string> = {}) =>
  fetch(urlOf(job), { headers: { authorization: `Bearer ${floor.hub().token}`, ...headers } });

it('a file that has another name is copied into the archive: what is written by that name changes nothing there', async () => {
  const kept = join(floor.dataPath, 'kept.pdf');
  await mkdir(join(floor.dataPath, 'made'));
  const made = join(floor.dataPath, 'made', '1001-1 Card.pdf');
  writeFileSync(made, pdfBytes(1));
  linkSync(made, kept);
  linkSync(made, join(floor.places.incoming, '1001-1 Card.pdf'));
  const { job, path } = await filed('1001-1', '1001-1 Card.pdf');
  writeFileSync(kept, pdfBytes(2));
  expect((await readFile(path)).equals(pdfBytes(1))).toBe(true);
  expect((await stat(path)).nlink).toBe(1);
  expect(Buffer.from(await (await get(job)).arrayBuffer()).equals(pdfBytes(1))).toBe(true);
});

it('what was changed in the archive is not handed out, whole or in part, also with its old times; put right it is', async () => {
  await floor.drop('1001-1 Card.pdf', pdfBytes(1));
  const { job, path } = await filed('1001-1', '1001-1 Card.pdf');
  // What was filed a moment ago is looked at again, and taken anew where it was written into; a new start looks no more.
  await floor.restart();
  expect((await get(job)).status).toBe(200);
  const { atime, mtime } = await stat(path);
  writeFileSync(path, pdfBytes(2), { flag: 'r+' });
  utimesSync(path, atime, mtime);
  for (const headers of [{}, { range: 'bytes=0-99' }]) {
    const answer = await get(job, headers);
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('something else')]);
  }
  writeFileSync(path, pdfBytes(1), { flag: 'r+' });
  const part = await get(job, { range: 'bytes=0-99' });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100]);
});

it('what is changed while it is handed out never comes to its end', async () => {
  const bytes = pdfBytes(1, 16_000_000);
  await floor.drop('1001-1 Poster.pdf', bytes);
  const { job, path } = await filed('1001-1', '1001-1 Poster.pdf');
  const came = await new Promise<number>((resolve, reject) => {
    const asked = request(urlOf(job), { headers: { authorization: `Bearer ${floor.hub().token}` } }, (response) => {
      let count = 0;
      response.once('data', () => {
        response.pause();
        // Where it has not been read yet
        const open = openSync(path, 'r+');
        writeSync(open, 'other', bytes.length - 100);
        closeSync(open);
        response.resume();
      });
      response.on('data', (piece: Buffer) => {
        count += piece.length;
      });
      response.on('close', () => resolve(count));
      response.on('error', () => undefined);
    });
    asked.on('error', reject);
    asked.end();
  });
  expect(came).toBeLessThan(bytes.length);
});

it('who writes through memory, which changes no time: what is sent whole never comes to its end', async () => {
  const right = createHash('sha256').update('right').digest('hex');
  // The look finds it right, and then it is another
  const bed = await startBed({ kept: { contentOf: async (path) => ({ ...infoOf(await stat(path, { bigint: true })), sha256: right }) } });
  const jobId = await bed.addJob('1001');
  const headers = { authorization: `Bearer ${bed.adminToken}` };
  await fetch(`${bed.url}/api/jobs/${jobId}/files?name=x.pdf`, { method: 'POST', headers, body: 'right' });
  const [file] = await bed.store.read.files(jobId);
  writeFileSync(file?.sourcePath ?? '', 'wrong', { flag: 'r+' });
  const url = `${bed.url}/api/jobs/${jobId}/files/${file?.id}`;
  for (const range of [{}, { range: 'bytes=0-' }])
    await expect(fetch(url, { headers: { ...headers, ...range } }).then((answer) => answer.text())).rejects.toThrow();
  await bed.stop();
});

it('what does not stand still is not said to be gone: it is to be asked for again', async () => {
  const bed = await startBed({
    kept: { contentOf: async (path) => ({ ...infoOf(await stat(path, { bigint: true })), ino: 'another', sha256: 'x' }) },
  });
  const jobId = await bed.addJob('1001');
  const headers = { authorization: `Bearer ${bed.adminToken}` };
  await fetch(`${bed.url}/api/jobs/${jobId}/files?name=x.pdf`, { method: 'POST', headers, body: 'right' });
  const [file] = await bed.store.read.files(jobId);
  const answer = await fetch(`${bed.url}/api/jobs/${jobId}/files/${file?.id}`, { headers });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('was changed while it was handed out')]);
  await bed.stop();
});

it('before it is read it is flushed, so that writing through memory gives it another time; and one that has just been changed is read anew', async () => {
  const done: string[] = [];
  const info = { size: 5, mtimeMs: 1, ctimeMs: 9000, ino: '1', dev: '1', kind: 'file' as const, links: 1 };
  const file = {
    stat: async () => info,
    sync: async () => void done.push('flushed'),
  } as unknown as OpenFile;
  const contentOf = async () => {
    done.push('read');
    return { ...info, sha256: 'a' };
  };
  let now = 10_000;
  const check = makeContentCheck(contentOf, () => now);
  const asker = { token: 1, leaves: new AbortController().signal };
  const ask = async () => expect(await check('/x', file, 'a', asker)).toBe('holds');
  await ask();
  await ask();
  now = 20_000;
  await ask();
  await ask();
  expect(done).toEqual(['flushed', 'read', 'flushed', 'read', 'flushed', 'read']);
});
