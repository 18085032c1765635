import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachment, dispositionName } from '../../../electron/hub/server/file-name.ts';
import { parseRange } from '../../../electron/hub/server/files-out.ts';
import { sweepUploads } from '../../../electron/hub/server/uploads.ts';
import { problemSchema } from '../../../shared/api.ts';
import { type Job, jobSchema } from '../../../shared/job.ts';
import { until } from '../../until.ts';
import { type Bed, startBed } from './bed.ts';

const chunk = randomBytes(1024 * 1024);
const chunks = 50;

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

function big(): { stream: () => ReadableStream; sha256: string } {
  const hash = createHash('sha256');
  for (let at = 0; at < chunks; at++) hash.update(chunk);
  return { stream: () => Readable.toWeb(Readable.from(Array<Buffer>(chunks).fill(chunk))) as ReadableStream, sha256: hash.digest('hex') };
}

function upload(jobId: number, query: string, init: RequestInit, token = bed.adminToken): Promise<Response> {
  return fetch(`${bed.url}/api/jobs/${jobId}/files${query}`, {
    ...init,
    method: 'POST',
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
}

const landed = async (): Promise<string[]> => readdir(path.join(bed.folder, 'work'));

describe('uploads', () => {
  test('50 MB raw, streamed', async () => {
    const id = await bed.addJob('6001');
    const { stream, sha256 } = big();
    const answer = await upload(id, '?name=Gro%C3%9Fer%20Flyer.pdf', {
      body: stream(),
      headers: { 'content-type': 'application/pdf' },
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(201);
    const job: Job = jobSchema.parse(await answer.json());
    expect(job.files).toMatchObject([{ name: 'Großer Flyer.pdf', size: chunks * chunk.length, sha256, type: 'pdf' }]);
  });

  test('50 MB as a form, by a station', async () => {
    const id = await bed.addJob('6002');
    const form = new FormData();
    form.set('note', 'fields before the file do not matter');
    form.set('file', new Blob(Array(chunks).fill(chunk)), 'Plakat für Müller.pdf');
    const answer = await upload(id, '', { body: form }, bed.stationToken);
    expect(answer.status).toBe(201);
    expect(jobSchema.parse(await answer.json()).files).toMatchObject([
      { name: 'Plakat für Müller.pdf', size: chunks * chunk.length, sha256: big().sha256 },
    ]);
    expect(bed.asked).toContain('acceptFile Plakat für Müller.pdf by station Press 1');
  });

  test('the name may come in Content-Disposition', async () => {
    const id = await bed.addJob('6003');
    const answer = await upload(id, '', {
      body: 'x',
      headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="a.pdf"; filename*=UTF-8''%C3%A4.pdf` },
    });
    expect(jobSchema.parse(await answer.json()).files[0]?.name).toBe('ä.pdf');
  });

  test('what is no good is refused in the one shape and leaves nothing behind', async () => {
    const id = await bed.addJob('6004');
    const before = await landed();
    const bad = async (status: number, answer: Promise<Response>): Promise<void> => {
      const got = await answer;
      expect(problemSchema.parse(await got.json()).whatToDo).not.toBe('');
      expect(got.status).toBe(status);
    };
    const raw = { body: 'x', headers: { 'content-type': 'application/pdf' } };
    await bad(404, upload(999_999, '?name=a.pdf', raw));
    await bad(400, upload(id, '', raw));
    for (const name of ['../a.pdf', '..', 'a/b.pdf', 'a%5Cb.pdf', 'a%00.pdf', 'a%0Ab.pdf', 'x'.repeat(300)])
      await bad(400, upload(id, `?name=${name}`, raw));
    await bad(422, upload(id, '?name=refuse.pdf', raw));
    const empty = new FormData();
    empty.set('other', 'x');
    await bad(400, upload(id, '', { body: empty }));
    await bad(400, upload(id, '', { body: 'no form', headers: { 'content-type': 'multipart/form-data' } }));
    await bad(
      400,
      upload(id, '', {
        body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\ncut',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    );
    expect(await landed()).toEqual(before);
  });

  test('a refused sender of much still gets to read why', async () => {
    const answer = await upload(999_999, '?name=a.pdf', {
      body: big().stream(),
      headers: { 'content-type': 'application/pdf' },
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(404);
  });

  test.each(['application/pdf', 'multipart/form-data; boundary=x'])(
    'the line breaks in the middle (%s): nothing is left behind',
    async (type) => {
      const id = await bed.addJob(`6005${type.length}`);
      const before = await landed();
      const call = request(`${bed.url}/api/jobs/${id}/files?name=a.pdf`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bed.adminToken}`, 'content-type': type, 'content-length': '9000000' },
      });
      call.on('error', () => undefined);
      call.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
      call.write(chunk);
      await until(async () => (await landed()).length > before.length, 'the upload has begun to land');
      call.destroy();
      await until(async () => (await landed()).length === before.length, 'what had landed is removed');
      expect((await bed.store.read.files(id)).length).toBe(0);
      expect(bed.reported).toEqual([]);
    },
  );
});

test('the hub died under uploads: at the next start what is on no record is removed, what is on record stays', async () => {
  const id = await bed.addJob('6006');
  await upload(id, '?name=kept.pdf', { body: 'kept', headers: { 'content-type': 'application/pdf' } });
  const [kept] = await bed.store.read.files(id);
  const workPath = path.join(bed.folder, 'work');
  await writeFile(path.join(workPath, 'upload-half'), 'half');
  await writeFile(path.join(workPath, 'of somebody else'), 'x');
  const asked = path.join(workPath, 'upload-asked-about');
  await writeFile(asked, 'asked');
  const stamp = { size: 5, mtimeMs: 1, ino: '1' };
  await bed.store.write((tx) => tx.leaveBehind({ place: asked, stamp, sha256: null, arrivalId: null, waits: false }));
  await sweepUploads({ store: bed.store, workPath });
  const left = await landed();
  expect(left).toContain(path.basename(kept?.sourcePath ?? ''));
  expect(left).toContain('of somebody else');
  expect(left).toContain('upload-asked-about');
  expect(left).not.toContain('upload-half');
});

describe('downloads', () => {
  const content = Buffer.from('0123456789');
  const get = (route: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(bed.url + route, { method, headers: { authorization: `Bearer ${bed.stationToken}`, ...headers } });
  let route = '';
  let keptPath = '';

  beforeAll(async () => {
    const id = await bed.addJob('6101');
    await upload(id, `?name=${encodeURIComponent('Flyer "größe" 100%.pdf')}`, {
      body: content,
      headers: { 'content-type': 'application/pdf' },
    });
    const [file] = await bed.store.read.files(id);
    if (file === undefined) throw new Error('the file is not on record');
    route = `/api/jobs/${id}/files/${file.id}`;
    keptPath = file.archivePath;
  });

  test('whole, with a safe name and nothing that could run', async () => {
    const answer = await get(route);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Flyer _gr__e_ 100_.pdf"; filename*=UTF-8''Flyer%20%22gr%C3%B6%C3%9Fe%22%20100%25.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'accept-ranges': 'bytes',
    });
    // Artwork stays in no browser, whose key may be revoked tomorrow
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await get(route, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304);
    expect([(await get(route, {}, 'HEAD')).headers.get('content-length'), (await get(route, {}, 'HEAD')).status]).toEqual(['10', 200]);
  });

  test('ranges', async () => {
    const part = await get(route, { range: 'bytes=2-4' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(await (await get(route, { range: 'bytes=-3' })).text()).toBe('789');
    expect(await (await get(route, { range: 'bytes=8-' })).text()).toBe('89');
    expect((await get(route, { range: 'bytes=2-4', 'if-range': '"another"' })).status).toBe(200);
    const beyond = await get(route, { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range'), problemSchema.parse(await beyond.json()).code]).toEqual([
      416,
      'bytes */10',
      'RANGE_NOT_SATISFIABLE',
    ]);
  });

  test('a file of another job, or none', async () => {
    const other = await bed.addJob('6102');
    expect((await get(route.replace(/jobs\/\d+/, `jobs/${other}`))).status).toBe(404);
    expect((await get(route.replace(/\d+$/, '999999'))).status).toBe(404);
    expect((await get(`${route}/../../../../admin-token`)).status).toBe(404);
    expect((await get(route.replace(/\d+$/, '..%2f..%2fadmin-token'))).status).toBe(404);
  });

  test('what lies there now is not what is on record: not handed out', async () => {
    const [file] = await bed.store.read.files(Number(/jobs\/(\d+)/.exec(route)?.[1]));
    const sourcePath = file?.sourcePath ?? '';
    await rename(sourcePath, keptPath);
    expect((await get(route)).status).toBe(200);
    await rename(keptPath, sourcePath);
    await writeFile(sourcePath, 'something longer than before');
    expect((await get(route)).status).toBe(404);
    await unlink(sourcePath);
    const secretPath = path.join(bed.folder, 'secret');
    await writeFile(secretPath, content);
    await symlink(secretPath, sourcePath);
    expect((await get(route)).status).toBe(404);
    expect(await readFile(secretPath)).toEqual(content);
  });

  test('how ranges and names are read', () => {
    expect(parseRange(undefined, 10)).toBe('whole');
    expect(parseRange('bytes=0-0', 10)).toEqual({ start: 0, end: 0 });
    expect(parseRange('bytes=5-99', 10)).toEqual({ start: 5, end: 9 });
    expect(parseRange('bytes=-99', 10)).toEqual({ start: 0, end: 9 });
    expect(parseRange('bytes=-0', 10)).toBe('unsatisfiable');
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=1-2,4-5', 10)).toBe('whole');
    expect(parseRange('bytes=5-2', 10)).toBe('whole');
    expect(dispositionName('attachment; filename=plain.pdf')).toBe('plain.pdf');
    expect(dispositionName('attachment; filename="a \\"b\\".pdf"')).toBe('a "b".pdf');
    expect(dispositionName(`attachment; filename*=UTF-8''%`)).toBeNull();
    expect(dispositionName('inline')).toBeNull();
    expect(attachment("it's (1).pdf")).toBe(`attachment; filename="it's (1).pdf"; filename*=UTF-8''it%27s%20%281%29.pdf`);
  });
});
