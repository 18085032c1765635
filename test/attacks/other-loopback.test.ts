/** Another account of the computer waits at [::1] for what a browser says to http://localhost: the hub is there itself, or says that it is not. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { startBed } from '../hub/server/bed.ts';

const hasOther = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1') === true);

it.skipIf(!hasOther)('both addresses of localhost are the hub, until it stops', async () => {
  const bed = await startBed();
  const answer = await fetch(`http://[::1]:${bed.port}/api/health`, { headers: { authorization: `Bearer ${bed.adminToken}` } });
  expect(answer.status).toBe(200);
  expect((await fetch(`http://[::1]:${bed.port}/api/health`)).status).toBe(401);
  const thief = createServer();
  thief.listen({ host: '::1', port: bed.port });
  expect(await once(thief, 'error')).toMatchObject([{ code: 'EADDRINUSE' }]);
  await bed.stop();
  await expect(fetch(`http://[::1]:${bed.port}/`)).rejects.toThrow();
});
