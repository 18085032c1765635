/**
 * A sender fills the disk of the hub, tells a length that is none, or sends under a name that incoming folders never take. A small file system of its own stands
 * for the disk; mounting it needs root.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, statfs } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptFreeBytes, mostUploadBytes } from '../../electron/hub/server/save.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';

const megabyte = 1024 * 1024;
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

type Answer = { readonly status: number; readonly code: string };

function upload(hub: TestHub, name: string, length: number | null, send: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(`${hub.url}/api/jobs/1/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${hub.token}`,
        'content-type': 'application/pdf',
        ...(length === null ? {} : { 'content-length': length }),
      },
    });
    call.on('response', (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => {
        call.destroy();
        resolve({ status: answer.statusCode ?? 0, code: (JSON.parse(text) as { code?: string }).code ?? '' });
      });
    });
    call.on('error', reject);
    const part = Buffer.alloc(megabyte, 'x');
    let sent = 0;
    const more = (): void => {
      while (sent < send) {
        sent += part.length;
        if (!call.write(part)) return void call.once('drain', more);
      }
      if (length === null || length === send) call.end();
    };
    call.flushHeaders();
    more();
  });
}

function sendPdf(hub: TestHub, name: string): Promise<Response> {
  return fetch(`${hub.url}/api/jobs/1/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hub.token}`, 'content-type': 'application/pdf' },
    body: Buffer.from(pdfBytes(1)),
  });
}

describe.skipIf(!canMount)('on a disk that is nearly full', () => {
  const data = mkdtempSync(join(tmpdir(), 'printfloor-full-'));
  let hub: TestHub;
  beforeAll(async () => {
    // A little more than what is kept, and 100 MB in it
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${keptFreeBytes + 120 * megabyte}`, 'tmpfs', data]);
    hub = await startTestHub({ data });
    await hub.api('POST', '/jobs', { order: '1' });
  });
  afterAll(async () => {
    await hub.clean();
    execFileSync('umount', ['-l', data]);
    rmSync(data, { recursive: true, force: true });
  });
  const free = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(data);
    return bavail * bsize;
  };
  const landed = async (): Promise<string[]> => (await readdir(join(data, 'work'))).filter((name) => name.startsWith('upload-'));

  it('a file that would take what is kept is refused before a byte of it is taken', async () => {
    expect(await upload(hub, 'big.pdf', 300 * megabyte, 0)).toEqual({ status: 507, code: 'INSUFFICIENT_STORAGE' });
    expect(await landed()).toEqual([]);
  });

  it('one that tells no length is ended on the way, and what came of it is gone', async () => {
    expect(await upload(hub, 'endless.pdf', null, 300 * megabyte)).toEqual({ status: 507, code: 'INSUFFICIENT_STORAGE' });
    expect(await landed()).toEqual([]);
    expect(await free()).toBeGreaterThan(keptFreeBytes);
  });

  it('one that is too large for any disk is told so', async () => {
    expect(await upload(hub, 'huge.pdf', mostUploadBytes + 1, 0)).toEqual({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('the hub still records, and a small file is taken', async () => {
    expect((await hub.api('POST', '/jobs', { order: '2' })).status).toBe(201);
    expect((await sendPdf(hub, 'small.pdf')).status).toBe(201);
  });
});

describe('names that are never an arrival', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
    await hub.api('POST', '/jobs', { order: '1' });
  });
  afterAll(() => hub.clean());

  it.each(['.hidden.pdf', 'flyer.pdf.part', '~$flyer.pdf', 'Thumbs.db', 'flyer.pdf:Zone.Identifier', '.printfloor-hub', 'a.crdownload'])(
    '%s is refused, as incoming folders refuse it',
    async (name) => {
      expect(isHiddenName(name)).toBe(true);
      const answer = await sendPdf(hub, name);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('hidden')]);
    },
  );
});
