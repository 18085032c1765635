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
import { z } from 'zod';
import { keptFreeBytes, makeRoom, mostUploadBytes } from '../../electron/hub/server/room.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

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

/** Sends so much and goes on holding the line; `refused` when it is told that there is no room. */
function hold(hub: TestHub, token: string, bytes: number): { readonly refused: Promise<void>; readonly stop: () => void } {
  const call = request(`${hub.url}/api/jobs/1/files?name=held.pdf`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
  });
  const refused = new Promise<void>((resolve) => {
    call.on('response', () => resolve());
    call.on('error', () => resolve());
  });
  call.write(Buffer.alloc(bytes, 'x'));
  return { refused, stop: () => call.destroy() };
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

  it('many together, each of them small: they leave what is kept as well', async () => {
    const tokens: string[] = [];
    for (let at = 0; at < 3; at++)
      tokens.push((await hub.ask(z.object({ token: z.string() }), 'POST', '/stations', { name: `Sender ${at}` })).token);
    // 360 MB in 48 pieces, none of which would be too much alone, and none of which comes to its end
    const sending = tokens.flatMap((token) => Array.from({ length: 16 }, () => hold(hub, token, 7.5 * megabyte)));
    // How many are refused is chance: what one gives back may be enough for all that are left
    let refused = false;
    void Promise.race(sending.map((one) => one.refused)).then(() => {
      refused = true;
    });
    let least = Infinity;
    const look = async (): Promise<void> => {
      least = Math.min(least, await free());
    };
    await until(async () => {
      await look();
      return refused;
    }, 'one of them is told that there is no room');
    for (let at = 0; at < 20; at++) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(least).toBeGreaterThan(keptFreeBytes - megabyte);
    for (const { stop } of sending) stop();
    await until(async () => (await landed()).length === 0, 'nothing of them is left');
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

it('room is counted over all uploads: what one has leave for is not given to another, and comes back', async () => {
  let left = keptFreeBytes + 10 * megabyte;
  const room = makeRoom(async () => left);
  const [one, two] = [room.enter(), room.enter()];
  const takes = (who: typeof one, bytes: number) =>
    who.take(bytes).then(
      () => 'taken',
      ({ status }: { status: number }) => status,
    );
  // Asked in the same moment, while nothing of either is on the disk
  expect(await Promise.all([takes(one, 6 * megabyte), takes(two, 6 * megabyte)])).toEqual(['taken', 507]);
  left -= 6 * megabyte;
  expect(await takes(one, 5 * megabyte)).toBe(507);
  expect(await takes(two, 4 * megabyte)).toBe('taken');
  two.leave();
  one.leave();
  left += 6 * megabyte;
  expect(await takes(room.enter(), 10 * megabyte)).toBe('taken');
});
