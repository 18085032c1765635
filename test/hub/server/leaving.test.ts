import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Asked } from '../../../electron/hub/store/store.ts';
import { startBed } from './bed.ts';

it.each(['/api/jobs?q=flyer', '/api/counts?q=flyer', '/api/jobs/1/history', '/api/events?since=0', '/api/arrivals', '/api/security'])(
  'nothing is read any more for somebody who has left: %s',
  async (route) => {
    const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
    const never = (): Promise<never> => {
      asked.resolve();
      return left.promise;
    };
    const bed = await startBed({
      ask: (leaves) => {
        leaves?.addEventListener('abort', () => left.reject(new Error('he left')));
        return { jobs: never, countsOf: never, historyPage: never, eventsPage: never, arrivals: never, security: never } satisfies Asked;
      },
    });
    onTestFinished(() => bed.stop());
    await bed.addJob('1');
    const leaving = new AbortController();
    const answer = fetch(bed.url + route, { headers: { authorization: `Bearer ${bed.adminToken}` }, signal: leaving.signal });
    await Promise.race([asked.promise, answer]);
    leaving.abort();
    await expect(answer).rejects.toThrow('abort');
    await expect(left.promise).rejects.toThrow('he left');
  },
);

it('who asks while the hub stops is answered, and no mistake of the hub is told', async () => {
  const bed = await startBed();
  const socket = connect(bed.port, '127.0.0.1');
  await once(socket, 'connect');
  const answered = once(socket, 'data');
  // Begun before, so that the stop waits for it.
  socket.write(`GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${bed.port}\r\nAuthorization: Bearer ${bed.adminToken}\r\n`);
  await fetch(`${bed.url}/api/health`, { headers: { authorization: `Bearer ${bed.adminToken}`, connection: 'close' } });
  const stopped = bed.stop();
  socket.write('Connection: close\r\n\r\n');
  expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 (200|503)/);
  await stopped;
  expect(bed.reported).toEqual([]);
});
