/** A writer who has kept another name of a file he sent, or who writes into the archive: what is handed out as the file of a job is what is on record, or nothing. */
import { linkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
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
        writeFileSync(path, 'other', { flag: 'r+' });
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
