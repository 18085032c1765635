/** A start that fails lets go of everything it had taken: the next one in the same process finds its data folder free. */
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startHub } from '../../electron/hub/hub.ts';

let dataPath = '';
beforeEach(async () => {
  dataPath = await mkdtemp(join(tmpdir(), 'printfloor-start-'));
});
afterEach(() => rm(dataPath, { recursive: true, force: true }));

async function expectGoodStart(): Promise<void> {
  const hub = await startHub({ dataPath, port: 0 });
  expect((await fetch(`${hub.url}/api/health`)).status).toBeLessThan(500);
  await hub.stop();
}

it('because its port is taken', async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const { port } = other.address() as AddressInfo;
  await expect(startHub({ dataPath, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((closed) => other.close(closed));
  await expectGoodStart();
});

it('because its token cannot be read', async () => {
  const path = join(dataPath, 'admin-token');
  await mkdir(path);
  await expect(startHub({ dataPath, port: 0 })).rejects.toThrow();
  await rmdir(path);
  await expectGoodStart();
});

it('because its database is none', async () => {
  const path = join(dataPath, 'printfloor.sqlite');
  await mkdir(path);
  await expect(startHub({ dataPath, port: 0 })).rejects.toThrow();
  await rmdir(path);
  await expectGoodStart();
});
